import type { Interval } from './interval.js';
import type { PairedChange } from './pairedChange.js';
import { studentT } from './studentT.js';

/**
 * What is known of a change beside a limit. `slower`: by more than the limit. `same`: within the limit, to either side. `faster`: less
 * than nothing, and perhaps by more than the limit. `inconclusive`: the interval holds the limit.
 */
export type ChangeVerdict = 'slower' | 'same' | 'faster' | 'inconclusive';

/** With fewer pairs no verdict is given: three or four processes that happen to be alike make an interval that is too narrow. */
export const FEWEST_PAIRS = 5;

/**
 * @param change in the unit of the limit: of ratios, their logarithm
 * @param limit above 0
 */
export const changeVerdict = ({ ci95, pairs }: PairedChange, limit: number): ChangeVerdict =>
  pairs < FEWEST_PAIRS ? 'inconclusive' : verdictOf(ci95, limit);

/** Where an interval lies beside a limit. */
export function verdictOf([low, high]: Interval, limit: number): ChangeVerdict {
  if (low > limit) return 'slower';
  if (high >= limit) return 'inconclusive';
  return low > -limit ? 'same' : high < 0 ? 'faster' : 'inconclusive';
}

/** More would take longer than anybody waits. */
const MOST_PAIRS = 1000;

/**
 * About how many pairs would tell on which side of the limit a change is, were it as large as it seems and pairs as different as they
 * were. Null where it is too near the limit.
 */
export function pairsToTell({ value, spread }: PairedChange, limit: number): number | null {
  const distance = Math.abs(value - limit);
  for (let pairs = FEWEST_PAIRS; pairs <= MOST_PAIRS; pairs++)
    if ((studentT(pairs - 1) * spread) / Math.sqrt(pairs) < distance) return pairs;
  return null;
}
