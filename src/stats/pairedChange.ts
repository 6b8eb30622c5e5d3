import { mean, sampleStandardDeviation } from 'simple-statistics';
import type { Interval } from './interval.js';
import { studentInterval } from './studentInterval.js';
import { studentTails } from './studentT.js';

/** A mean difference between what ran in pairs, in the unit of the differences. */
export interface PairedChange {
  readonly value: number;
  /** Over pairs, by Student's t; infinite for a single pair. */
  readonly ci95: Interval;
  /** Standard deviation of the differences between pairs; 0 for a single one. */
  readonly spread: number;
  readonly pairs: number;
}

/**
 * The mean of differences, one a pair. What a pair shares, as the state of the machine in its round, is in none of them.
 * @param differences one at least
 */
export function pairedChange(differences: readonly number[], confidence = 0.95): PairedChange {
  return {
    value: mean([...differences]),
    ci95: studentInterval(differences, confidence),
    spread: differences.length < 2 ? 0 : sampleStandardDeviation([...differences]),
    pairs: differences.length,
  };
}

/** The probability of a mean as far from zero by chance, were there no difference. */
function pValue({ value, spread, pairs }: PairedChange): number {
  if (pairs < 2) return 1;
  if (spread === 0) return value === 0 ? 1 : 0;
  return studentTails((value * Math.sqrt(pairs)) / spread, pairs - 1);
}

/** One of several changes that are looked at together. */
export interface CorrectedChange extends PairedChange {
  /** Whether it is told from zero although so many were looked at. Then its interval leaves zero out, and otherwise it does not. */
  readonly isClear: boolean;
}

const WRONG_AT_MOST = 0.05;

/**
 * Changes of several things, of which any could be clear by chance: with Holm's correction the probability that one of all is called
 * clear and is none stays below 5 %. The intervals are those of the step at which each was judged.
 * Source: Holm, A simple sequentially rejective multiple test procedure (Scandinavian Journal of Statistics 6, 1979).
 * @param each differences of each thing, one a pair
 */
export function correctedChanges(each: readonly (readonly number[])[]): CorrectedChange[] {
  const ordered = each
    .map((differences, place) => ({ differences, place, p: pValue(pairedChange(differences)) }))
    .sort((a, b) => a.p - b.p);
  const judged: CorrectedChange[] = [];
  let isClear = true;
  let level = WRONG_AT_MOST;
  for (const [rank, { differences, place, p }] of ordered.entries()) {
    if (isClear) level = WRONG_AT_MOST / (ordered.length - rank);
    isClear &&= p < level;
    judged[place] = { ...pairedChange(differences, 1 - level), isClear };
  }
  return judged;
}
