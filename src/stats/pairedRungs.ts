import { mean, median } from 'simple-statistics';
import { enoughReplicates } from './enoughReplicates.js';
import type { Interval } from './interval.js';
import type { LadderRound } from './ladderEffects.js';
import { logInterval } from './logInterval.js';
import { studentInterval } from './studentInterval.js';

/** What one rung takes more than another. */
export interface PairedRungs {
  readonly ms: number;
  readonly ci95Ms: Interval;
  /** Its latency over that of the other. */
  readonly ratio: number;
  readonly ratioCi95: Interval;
  /** The difference in each replicate that has both, in their order. */
  readonly eachMs: readonly number[];
}

/**
 * Two rungs of a ladder, by the rounds that hold both: in a round the two ran within about a second, so most of what else happens to the
 * machine happens to both. In each replicate it is the median of the rounds' differences, and of their ratios; then the mean over
 * replicates, with Student's interval, as of `ladderEffects`.
 * @param pair ids: what it is compared with, and what is compared
 * @returns null where no round holds both
 */
export function pairedRungs(
  pair: readonly [reference: string, other: string],
  replicates: readonly { readonly rounds: readonly LadderRound[] }[],
): PairedRungs | null {
  const both = replicates
    .map(({ rounds }) => rounds.flatMap((round) => inRound(pair, round) ?? []))
    .filter((rounds) => rounds.length > 0);
  if (both.length === 0) return null;
  const units = enoughReplicates(both.length) ? both : both.flatMap((rounds) => rounds.map((round) => [round]));
  const differences = units.map(differenceMs);
  const { value: ratio, ci95: ratioCi95 } = logInterval(
    units.map((rounds) => Math.exp(median(rounds.map(({ reference, other }) => Math.log(other / reference))))),
  );
  return { ms: mean(differences), ci95Ms: studentInterval(differences), ratio, ratioCi95, eachMs: both.map(differenceMs) };
}

interface Pair {
  readonly reference: number;
  readonly other: number;
}

const differenceMs = (rounds: readonly Pair[]): number => median(rounds.map(({ reference, other }) => other - reference));

/** Medians of both in a round; null if it does not hold both. */
function inRound(pair: readonly string[], round: LadderRound): Pair | null {
  const [reference, other] = pair.map((id) => round.flatMap(({ rung, ms }) => (rung === id ? ms : [])));
  return reference!.length > 0 && other!.length > 0 ? { reference: median(reference!), other: median(other!) } : null;
}
