import type { KernelNode, KernelRuns } from '../../src/bundle/kernelLog.js';

/** What a framework's profiler says: of the predictions that count how long each operator took, of those that were recorded when. */
export interface OperatorProfile {
  readonly nodes: KernelNode[];
  /** When each of the recorded ones ran, by the framework's clock, since the first began. */
  readonly runs: Pick<KernelRuns, 'startMs' | 'ms'>;
}
