import type { KernelNode, KernelRuns } from '../../src/bundle/kernelLog.js';

/** What a framework's profiler says: how long each operator took in the predictions that count, and when it ran in the recorded ones. */
export interface OperatorProfile {
  readonly nodes: KernelNode[];
  /** When each of the recorded ones ran, by the framework's clock, since the first began. */
  readonly runs: Pick<KernelRuns, 'startMs' | 'ms'>;
}

/** Times per operator cannot be had here. An expected lack, not a failure. */
export class KernelsUnavailable extends Error {
  override readonly name = 'KernelsUnavailable';
}

/** Notes when an operator ran in a prediction, to the microsecond. */
export function addStretch(node: KernelNode, prediction: number, startMs: number, ms: number): void {
  node.stretches ??= { prediction: [], startMs: [], ms: [] };
  node.stretches.prediction.push(prediction);
  node.stretches.startMs.push(toMicroseconds(startMs));
  node.stretches.ms.push(toMicroseconds(ms));
}

/** Finer than the clocks that give them. A clock of a coarse step may put a beginning before that of what is around it. */
const toMicroseconds = (ms: number): number => Math.max(0, Math.round(ms * 1000) / 1000);
