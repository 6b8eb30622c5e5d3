import type { Placement } from '../../../src/bundle/manifest.js';
import type { TensorSpec } from '../../../src/bundle/tensor.js';
import type { Workload } from '../protocol.js';

export interface OutputTensor extends TensorSpec {
  readonly data: ArrayBufferView;
}

export interface MissingOperator {
  readonly operator: string;
  readonly runsOn: readonly string[];
}

export interface FrameworkSetup {
  /** The thread count that the framework really uses. */
  readonly threads: number;
  /** A sentence for the user about changes to it that a page's own script would not make; null for none. */
  readonly note: string | null;
}

/** A deep-learning framework in the page. Each has a file in frameworks/, listed in frameworks/index.ts. */
export interface PageFramework {
  /** Loads the framework's script, as a page's own script tags would. */
  load(workload: Workload): Promise<{ version: string }>;
  /** Fetches the model and creates what runs it (a session or a loaded model). After `dispose` it can be called again. */
  setup(): Promise<FrameworkSetup>;
  /**
   * One prediction, from inputs in to outputs read back. For a workload that leaves outputs where they are, until they are computed;
   * it then returns none.
   */
  predict(inputs: readonly ArrayBuffer[]): Promise<readonly OutputTensor[]>;
  /** For a workload that leaves outputs where they are: reads back those of the last prediction. */
  leftOutputs?(): Promise<readonly OutputTensor[]>;
  /** The operator whose absence an error reports, and the framework's backends that have it; null for any other error. */
  missingOperator?(error: Error): Promise<MissingOperator | null>;
  /** For a workload with `profileOperators`: ends the profile and returns the framework's own text. */
  profile?(): Promise<string>;
  /**
   * Returns a function that reads the bytes of all live tensors, and calls `made` after each new tensor. Absent if the framework
   * does not report them.
   */
  tensorBytes?(made: () => void): () => number;
  /** Frees the model and what belongs to it; the backend stays. Absent if there is nothing to free. */
  dispose?(): Promise<void>;
  /** Sets up again, and finds where the operators of a prediction run. Null if the framework does not report it. */
  placement?(inputs: readonly ArrayBuffer[]): Promise<Placement | null>;
}
