import { enoughReplicates } from '../../src/stats/enoughReplicates.js';
import { type Replicated, replicatedMedian } from '../../src/stats/replicatedMedian.js';
import type { RoundsEstimate } from './studyAnalysis.js';

/**
 * A statistic of a cell over its fresh browsers, as `replicatedMedian` makes it. Where there are fewer than three of them, and each
 * holds a single observation, there is nothing to make an interval of, and it is null.
 * @returns null without observations
 */
export function overRounds<T>(processes: Replicated<T>, statistic: (observations: T[]) => number): RoundsEstimate | null {
  const estimate = replicatedMedian(processes, statistic);
  if (!estimate || !Number.isFinite(estimate.value)) return null;
  const counts = processes.map((rounds) => rounds.flat().length).filter((count) => count > 0);
  const tells = enoughReplicates(counts.length) || counts.some((count) => count > 1);
  return { value: estimate.value, ci95: tells ? estimate.ci95 : null };
}
