import type { TensorSpec, TensorValue } from '../../src/bundle/tensor.js';

/**
 * A model held ready in a process of its own, natively, so that its iterations can be interleaved with those of a browser.
 * Calls are answered in order. Every promise is rejected with a `BaselineError` if the process ends or the model does not run,
 * and with the signal's reason after an abort.
 */
export interface NativeBaseline {
  /** Version of onnxruntime-node. */
  readonly version: string;
  /** Threads that compute one operator together, the calling one included. A GPU has its own. */
  readonly threads: number;
  /** Of the child process. */
  readonly pid: number;
  /**
   * Creates the session, in place of the one before, and returns the milliseconds it took: reading the file, optimizing the
   * graph, preparing weights. Loading onnxruntime-node is not in it; what the library does once per process is in the first.
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

/** An input and its contents: row-major, little-endian. */
export interface BaselineInput {
  readonly spec: TensorSpec;
  readonly bytes: Uint8Array;
}
