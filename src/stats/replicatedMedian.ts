import { bootstrapInterval, type Grouped } from './bootstrap.js';
import { enoughReplicates } from './enoughReplicates.js';
import { logInterval } from './logInterval.js';

/** A latency measured in several processes: replicate → round → observations. */
export type Replicated<T> = readonly Grouped<T>[];

export interface Estimate {
  readonly value: number;
  readonly ci95: readonly [low: number, high: number];
}

/**
 * The median of a latency, with the interval in which it would fall again in another process.
 *
 * Where a process happens to put code and memory makes it a few percent faster or slower than the next, for as long as it lives,
 * and no number of iterations inside it shows that. So with three replicates or more the median of each is one value; theirs are
 * averaged, with Student's interval, both on a log scale (see `logInterval`). With fewer, all observations are pooled and rounds
 * are resampled, which knows nothing of other processes and makes the interval too narrow.
 *
 * @param statistic of the observations of a replicate, or of all of them: the median, or a ratio of medians; positive
 * @returns null if there are no observations
 */
export function replicatedMedian<T>(replicates: Replicated<T>, statistic: (observations: T[]) => number): Estimate | null {
  const filled = replicates.map((rounds) => rounds.filter((round) => round.length > 0)).filter((rounds) => rounds.length > 0);
  if (filled.length === 0) return null;
  if (enoughReplicates(filled.length)) {
    return logInterval(filled.map((rounds) => statistic(rounds.flat())));
  }
  const rounds = filled.flat();
  return { value: statistic(rounds.flat()), ci95: bootstrapInterval([rounds], (drawn) => statistic(drawn!)) };
}
