import type { TensorValue } from '../../src/bundle/tensor.js';
import { BaselineError, ChildProcess } from './childProcess.js';
import type { Workload } from './protocol.js';

/**
 * A model held ready in a process of its own, natively, so that its iterations can be interleaved with those of a browser.
 * Calls are answered in order. Every promise is rejected with a `BaselineError` if the process ends or the model does not run,
 * and with the signal's reason after an abort.
 */
export interface NativeBaseline {
  /** Version of the runtime: onnxruntime-node, or tfjs-node. */
  readonly version: string;
  /** Threads that compute one operator together, the calling one included. A GPU has its own. */
  readonly threads: number;
  /** Of the child process. */
  readonly pid: number;
  /**
   * Creates the session, in place of the one before, and returns the milliseconds it took: reading the file, optimizing the
   * graph, preparing weights. Loading the runtime is not in it; what the library does once per process is in the first.
   */
  setup(): Promise<number>;
  /** Runs the first iteration after `setup` and returns its milliseconds. */
  warmup(): Promise<number>;
  /** Runs so many iterations and returns the milliseconds of each, from inputs in to outputs read back. */
  predict(iterations: number): Promise<number[]>;
  /** What the last iteration computed. */
  outputs(): Promise<TensorValue[]>;
  /**
   * Whether operators run on the CPU provider, because the session's own has no kernel for them. A session is created to find out,
   * so it takes about as long as `setup`.
   */
  usesCpuProvider(): Promise<boolean>;
  /** Ends the profile that `profilePrefix` asked for: its file is whole from then on. */
  endProfile(): Promise<void>;
  /** Ends the process and waits until it is gone. May be called again. */
  close(): Promise<void>;
}

export interface BaselineProcess {
  /** File name of the child's compiled entry. */
  readonly entry: string;
  /** Variables for it, besides those of this process. */
  readonly environment: Readonly<Record<string, string>>;
  /** What errors call it. */
  readonly title: string;
  readonly workload: Workload;
  /** Kills the process when aborted. */
  readonly signal: AbortSignal | undefined;
  /**
   * Makes the error of a runtime that does not load.
   * @param reason what loading it reported
   * @param cause given where the process ended while it loaded
   */
  unavailable(reason: string, cause?: BaselineError): Error;
}

/**
 * Starts a native baseline in a child process, so that its threads and memory are its own and a crash of native code is an error here. The
 * child loads its runtime at once; it reads the model, and looks for the device, when `setup` is called.
 * @throws what `unavailable` makes, if the runtime is missing or does not load; the signal's reason if aborted
 */
export async function startBaseline(options: BaselineProcess): Promise<NativeBaseline> {
  const { entry, environment, title, workload, signal, unavailable } = options;
  const child = new ChildProcess(entry, environment, signal, title);
  const loaded = await child.call('load', workload).catch((error: unknown) => {
    // Native code that does not suit the machine ends the process instead of throwing.
    throw error instanceof BaselineError ? unavailable(error.message, error) : error;
  });
  if ('unavailable' in loaded) {
    await child.close();
    throw unavailable(loaded.unavailable);
  }
  return {
    version: loaded.version,
    threads: workload.threads,
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
