import { median } from 'simple-statistics';
import { type Replicated, replicatedMedian } from '../../src/stats/replicatedMedian.js';

/** Width of the 95 % interval of the prediction, relative to it, at which timing is good enough. */
export const NARROW = 0.03;

/** Width of that interval, relative to the prediction; infinite before the first. */
export function relativeWidth(replicates: Replicated<number>): number {
  const estimate = replicatedMedian(replicates, median);
  return estimate ? (estimate.ci95[1] - estimate.ci95[0]) / estimate.value : Number.POSITIVE_INFINITY;
}
