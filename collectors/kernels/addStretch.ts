import type { KernelNode } from '../../src/bundle/kernelLog.js';

/** Notes when an operator ran in a prediction, to the microsecond. */
export function addStretch(node: KernelNode, prediction: number, startMs: number, ms: number): void {
  node.stretches ??= { prediction: [], startMs: [], ms: [] };
  node.stretches.prediction.push(prediction);
  node.stretches.startMs.push(toMicroseconds(startMs));
  node.stretches.ms.push(toMicroseconds(ms));
}

/** Finer than the clocks that give them. A clock of a coarse step may put a beginning before that of what is around it. */
const toMicroseconds = (ms: number): number => Math.max(0, Math.round(ms * 1000) / 1000);
