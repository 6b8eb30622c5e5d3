import type { KernelNode, KernelRuns } from '../../src/bundle/kernelLog.js';

/** What a framework's profiler says of the predictions that count. */
export interface OperatorProfile {
  readonly nodes: KernelNode[];
  /** When each ran, by the framework's clock, since the first began. */
  readonly runs: Pick<KernelRuns, 'startMs' | 'ms'>;
}
