import type { TensorSpec } from '../../../src/bundle/tensor.js';
import type { Workload } from '../protocol.js';

export interface OutputTensor extends TensorSpec {
  readonly data: ArrayBufferView;
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
}
