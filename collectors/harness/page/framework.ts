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
  /** The thread count that the framework really took. */
  readonly threads: number;
  /** What was done to it that a page's own script would not do, as a sentence for the user; null for nothing. */
  readonly note: string | null;
}

/** A deep-learning framework in the page. One file each in frameworks/, named in frameworks/index.ts. */
export interface PageFramework {
  /** Loads the framework's script; what a page's own script tags would have done. */
  load(workload: Workload): Promise<{ version: string }>;
  /** Fetches the model and creates what runs it. */
  setup(): Promise<FrameworkSetup>;
  /** One inference: inputs in to outputs read back. */
  predict(inputs: readonly ArrayBuffer[]): Promise<readonly OutputTensor[]>;
  /** The operator whose lack an error is about, and the framework's backends that have it; null if it is about something else. */
  missingOperator?(error: Error): Promise<MissingOperator | null>;
  /** Of a workload with `profileOperators`: ends the profile, and gives it as the framework writes it. */
  profile?(): Promise<string>;
  /** Tells what its living tensors take, bytes, and calls `made` whenever it makes one. Absent where it does not tell. */
  tensorBytes?(made: () => void): () => number;
  /** Gives the model back and what belongs to it; the backend stays. Absent where there is nothing to give back. */
  dispose?(): Promise<void>;
  /** Sets up anew, and finds where the operators of a prediction run. Null where the framework does not tell. */
  placement?(inputs: readonly ArrayBuffer[]): Promise<Placement | null>;
}
