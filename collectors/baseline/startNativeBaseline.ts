import { findPackage, installCommand } from '../../src/findPackage.js';
import { type NativeBaseline, startBaseline } from './nativeBaseline.js';
import type { BaselineInput, Workload } from './protocol.js';

/** The device of a native run. */
export interface NativeDevice {
  /** Execution provider of onnxruntime-node. */
  readonly provider: Workload['provider'];
  /** Name for users, e.g. "WebGPU (software: SwiftShader)". */
  readonly title: string;
  /** Environment variables for its process, in addition to those of this one. */
  readonly environment: Readonly<Record<string, string>>;
}

const NAME = 'onnxruntime-node';

export const nativeCpu: NativeDevice = { provider: 'cpu', title: 'CPU', environment: {} };

export interface NativeBaselineOptions {
  readonly modelPath: string;
  readonly inputs: readonly BaselineInput[];
  readonly threads: number;
  /** Default: the CPU. */
  readonly device?: NativeDevice;
  /** The runtime times its operators and writes the profile to a file whose path begins with this prefix. */
  readonly profilePrefix?: string;
  /** Files from which onnxruntime-node is looked for, see `findPackage`. */
  readonly places?: readonly string[];
  /** Kills the process when aborted. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * onnxruntime-node is missing or does not load on this machine, so there is no native baseline. This is an expected lack, not a
 * failure.
 */
export class BaselineUnavailable extends Error {
  override readonly name = 'BaselineUnavailable';

  constructor(
    /** The error that loading reported. Null: it is not installed. */
    readonly reason: string | null,
    options?: ErrorOptions,
  ) {
    const what = reason === null ? 'is not installed' : `is installed but does not load (${reason})`;
    super(
      `No native baseline: ${NAME} ${what}. Run "${installCommand([NAME])}"${reason === null ? '' : ' again, or with another version,'} to have one.`,
      options,
    );
  }
}

/**
 * Starts the native baseline: onnxruntime-node on the CPU or another device, in a child process.
 * @throws BaselineUnavailable if onnxruntime-node is missing or does not load; the signal's reason if aborted
 */
export async function startNativeBaseline(options: NativeBaselineOptions): Promise<NativeBaseline> {
  const { modelPath, inputs, threads, device = nativeCpu, profilePrefix = null, places, signal } = options;
  const found = findPackage(NAME, places);
  if (found === null) throw new BaselineUnavailable(null);
  return startBaseline({
    entry: 'child.js',
    environment: device.environment,
    title: 'the native baseline',
    workload: { modelPath, inputs, threads, runtimePath: found.folder, provider: device.provider, profilePrefix },
    signal,
    unavailable: (reason, cause) => new BaselineUnavailable(reason, { cause }),
  });
}
