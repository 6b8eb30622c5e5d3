import type { TensorValue } from '../../src/bundle/tensor.js';
import { BaselineError, ChildProcess } from './childProcess.js';
import type { Workload } from './protocol.js';

/**
 * A natively loaded model in its own process, so that its iterations can be interleaved with those of a browser.
 * Calls are answered in order. Every promise is rejected with a `BaselineError` if the process ends or the model does not run,
 * and with the signal's reason after an abort.
 */
export interface NativeBaseline {
  /** Version of the runtime: onnxruntime-node, or tfjs-node. */
  readonly version: string;
  /** Threads that compute one operator together, including the calling one. A GPU has its own. */
  readonly threads: number;
  /** Process id of the child. */
  readonly pid: number;
  /**
   * Creates the session, replacing the previous one.
   * Returns the duration in ms: reading the file, optimizing the graph, preparing weights. It excludes loading the runtime; the
   * first call includes what the library does once per process.
   */
  setup(): Promise<number>;
  /** Runs the first iteration after `setup` and returns its duration in ms. */
  warmup(): Promise<number>;
  /** Runs `iterations` iterations and returns the latency of each in ms, from inputs in to outputs read back. */
  predict(iterations: number): Promise<number[]>;
  /** Outputs of the last iteration. */
  outputs(): Promise<TensorValue[]>;
  /**
   * Whether some operators run on the CPU provider because the session's own provider does not implement them. It creates a
   * session to find out, so it takes about as long as `setup`.
   */
  usesCpuProvider(): Promise<boolean>;
  /** Ends the profile that `profilePrefix` asked for. Its file is complete afterwards. */
  endProfile(): Promise<void>;
  /** Ends the process and waits until it is gone. Repeated calls are allowed. */
  close(): Promise<void>;
}

export interface BaselineProcess {
  /** File name of the child's compiled entry. */
  readonly entry: string;
  /** Variables for it, in addition to those of this process. */
  readonly environment: Readonly<Record<string, string>>;
  /** Its name in errors. */
  readonly title: string;
  readonly workload: Workload;
  /** Kills the process when aborted. */
  readonly signal: AbortSignal | undefined;
  /**
   * Makes the error for a runtime that does not load.
   * @param reason the error that loading reported
   * @param cause given if the process ended during loading
   */
  unavailable(reason: string, cause?: BaselineError): Error;
}

/**
 * Starts a native baseline in a child process, so that its threads and memory are separate and a crash of native code becomes an
 * error here.
 * The child loads its runtime at once. It reads the model and looks for the device when `setup` is called.
 * @throws the error from `unavailable` if the runtime is missing or does not load; the signal's reason if aborted
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
