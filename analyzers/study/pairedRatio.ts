import { median } from 'simple-statistics';
import { type Replicated, replicatedMedian } from '../../src/stats/replicatedMedian.js';
import type { RoundsEstimate } from './studyAnalysis.js';

/**
 * The ratio of two latencies that were measured side by side: that of their quoted values, with the interval of the ratios of each
 * process, averaged as logarithms. What slowed both of them down at a time does not widen it.
 * @param pairs per process, per round: what was measured together
 * @returns null where nothing was measured on one side, or the ratio is no number
 */
export function pairedRatio<T>(
  pairs: Replicated<T>,
  over: (pair: T) => readonly number[],
  under: (pair: T) => readonly number[],
): RoundsEstimate | null {
  const whole = pairs.map((rounds) =>
    rounds.map((round) => round.filter((pair) => over(pair).length > 0 && under(pair).length > 0)),
  );
  const side = (pick: (pair: T) => readonly number[]) =>
    overRounds(
      whole.map((rounds) => rounds.map((round) => round.flatMap(pick))),
      median,
    );
  const [above, below] = [side(over), side(under)];
  const logarithms = overRounds(whole, (drawn) => Math.log(median(drawn.flatMap(over)) / median(drawn.flatMap(under))));
  if (!above || !below || !logarithms) return null;
  const value = above.value / below.value;
  const around = (end: number) => value * Math.exp(end - logarithms.value);
  return { value, ci95: logarithms.ci95 && [around(logarithms.ci95[0]), around(logarithms.ci95[1])] };
}

/**
 * A statistic of a cell over its fresh browsers, as `replicatedMedian` makes it; its interval is null where there is too little to make one of.
 * @returns null without observations
 */
export function overRounds<T>(processes: Replicated<T>, statistic: (observations: T[]) => number): RoundsEstimate | null {
  const estimate = replicatedMedian(processes, statistic);
  if (!estimate || !Number.isFinite(estimate.value)) return null;
  return { value: estimate.value, ci95: estimate.ci95.every(Number.isFinite) ? estimate.ci95 : null };
}
