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

export const nativeCpu: NativeDevice = { provider: 'cpu', title: 'CPU', environment: {} };

export interface NativeBaselineOptions {
  readonly modelPath: string;
  readonly inputs: readonly BaselineInput[];
  readonly threads: number;
  /** Default: the CPU. */
  readonly device?: NativeDevice;
  /** The runtime times its operators and writes the profile to a file whose path begins with this prefix. */
  readonly profilePrefix?: string;
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
    /** The error that loading reported. */
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(
      `No native baseline: onnxruntime-node cannot be loaded (${reason}). Run "npm install" in the project to have one.`,
      options,
    );
  }
}

/**
 * Starts the native baseline: onnxruntime-node on the CPU or another device, in a child process.
 * @throws BaselineUnavailable if onnxruntime-node is missing or does not load; the signal's reason if aborted
 */
export async function startNativeBaseline(options: NativeBaselineOptions): Promise<NativeBaseline> {
  const { modelPath, inputs, threads, device = nativeCpu, profilePrefix = null, signal } = options;
  return startBaseline({
    entry: 'child.js',
    environment: device.environment,
    title: 'the native baseline',
    workload: { modelPath, inputs, threads, runtimePath: null, provider: device.provider, profilePrefix },
    signal,
    unavailable: (reason, cause) => new BaselineUnavailable(reason, { cause }),
  });
}
