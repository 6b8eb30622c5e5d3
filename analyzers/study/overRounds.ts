import { type Replicated, replicatedMedian } from '../../src/stats/replicatedMedian.js';
import type { RoundsEstimate } from './studyAnalysis.js';

/**
 * A statistic of a cell over its fresh browsers, as `replicatedMedian` makes it; its interval is null where there is too little to make one of.
 * @returns null without observations
 */
export function overRounds<T>(processes: Replicated<T>, statistic: (observations: T[]) => number): RoundsEstimate | null {
  const estimate = replicatedMedian(processes, statistic);
  if (!estimate || !Number.isFinite(estimate.value)) return null;
  return { value: estimate.value, ci95: estimate.ci95.every(Number.isFinite) ? estimate.ci95 : null };
}
