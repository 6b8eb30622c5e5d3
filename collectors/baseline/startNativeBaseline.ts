import { BaselineError } from './baselineError.js';
import { BaselineUnavailable } from './baselineUnavailable.js';
import { childPath } from './childPath.js';
import { ChildProcess } from './childProcess.js';
import type { BaselineInput, NativeBaseline } from './nativeBaseline.js';
import { type NativeDevice, nativeCpu } from './nativeDevice.js';

export interface NativeBaselineOptions {
  readonly modelPath: string;
  readonly inputs: readonly BaselineInput[];
  readonly threads: number;
  /** The CPU unless given. */
  readonly device?: NativeDevice;
  /** Have the runtime time its operators, and write that into a file whose path begins so. */
  readonly profilePrefix?: string;
  /** Kills the process when aborted. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Starts the native baseline: onnxruntime-node on the CPU or another device, in a child process, so that its threads and memory are its own and a
 * crash of native code is an error here. The child reads the model, and looks for the device,
 * when `setup` is called, not before.
 *
 * @throws BaselineUnavailable if onnxruntime-node is missing or does not load; the signal's reason if aborted
 */
export async function startNativeBaseline({
  modelPath,
  inputs,
  threads,
  device = nativeCpu,
  profilePrefix,
  signal,
}: NativeBaselineOptions): Promise<NativeBaseline> {
  const child = new ChildProcess(childPath(), device.environment, signal);
  const loaded = await child
    .call('load', {
      modelPath,
      inputs,
      threads,
      runtimePath: null,
      provider: device.provider,
      profilePrefix: profilePrefix ?? null,
    })
    .catch((error: unknown) => {
      // Native code that does not suit the machine ends the process instead of throwing.
      throw error instanceof BaselineError ? new BaselineUnavailable(error.message, { cause: error }) : error;
    });
  if ('unavailable' in loaded) {
    await child.close();
    throw new BaselineUnavailable(loaded.unavailable);
  }
  return {
    version: loaded.version,
    threads,
    pid: child.pid,
    setup: () => child.call('setup', null),
    warmup: async () => (await child.call('predict', 1))[0]!,
    predict: (iterations) => child.call('predict', iterations),
    outputs: () => child.call('outputs', null),
    endProfile: async () => void (await child.call('endProfile', null)),
    usesCpuProvider: () => child.call('usesCpuProvider', null),
    close: () => child.close(),
  };
}
