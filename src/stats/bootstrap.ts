import { errorFunction, quantileSorted } from 'simple-statistics';
import { ANYWHERE } from './interval.js';
import { random } from './random.js';
import { studentT } from './studentT.js';

const RESAMPLES = 1000;

/** Up to so many groups are all drawn at a time. */
const MOST_GROUPS = 200;

/** Of more only so many are, so that the time does not grow with them. */
const DRAWN_GROUPS = 100;

/** Where a sample that is larger than another by far is drawn beside it, that many are enough that its part of the interval hardly matters. */
const DRAWN_BESIDE = 5 * MOST_GROUPS;

/** Of more observations in all that are drawn at a time, those of a group that are evenly spaced stand for the others. */
const DRAWN_OBSERVATIONS = 10_000;

/** Of fewer groups nothing that is drawn reaches far enough: the range of n of them holds the median with 1 − 2^(1 − n), of four with 87.5 %. */
const FEWEST_GROUPS = 5;

/** Observations by group: those of one group were made together and are not independent of each other. */
export type Grouped<T> = readonly (readonly T[])[];

/**
 * 95 % percentile interval of a statistic of one or more independent samples, by resampling whole groups (cluster bootstrap).
 *
 * Iterations of one round share what the machine was doing then, so they are not independent; resampling rounds keeps that in
 * the interval, and keeps what was measured side by side in a round together. A sample of a single group is resampled by its
 * members instead, since nothing is known of the variation between groups.
 *
 * Percentiles of what is drawn from few groups are too close to each other, as a normal interval is beside Student's: so they are taken as far
 * out as Student's quantile for the smallest number of groups says (expanded percentile interval).
 *
 * Of n groups, where n is large, only m are drawn at a time. What is drawn then is spread √(n/m) times as far around the estimate, and is
 * brought as much closer to it (m out of n bootstrap).
 *
 * @param samples per sample: its groups of observations
 * @param statistic what is estimated, from the drawn observations of each sample
 * @returns [low, high]; both NaN if a sample has no observations, infinite if one has fewer than five groups
 * Source: Davison & Hinkley, Bootstrap Methods and their Application (1997), 3.8 and 5.3; Hesterberg, What Teachers Should Know about the
 * Bootstrap (The American Statistician, 2015), 5.3. Bickel, Götze & van Zwet, Resampling Fewer Than n Observations: Gains, Losses, and
 * Remedies for Losses (Statistica Sinica 7, 1997), 1–31.
 */
export function bootstrapInterval<T>(
  samples: readonly Grouped<T>[],
  statistic: (...drawn: T[][]) => number,
  seed = 1,
): readonly [low: number, high: number] {
  const units = samples.map((groups) => {
    const filled = groups.filter((group) => group.length > 0);
    return filled.length === 1 ? filled[0]!.map((member) => [member]) : filled;
  });
  const fewest = Math.min(...units.map(({ length }) => length));
  if (fewest === 0) return [Number.NaN, Number.NaN];
  if (fewest < FEWEST_GROUPS) return ANYWHERE;
  const fraction = fewest <= MOST_GROUPS ? 1 : DRAWN_GROUPS / fewest;
  const drawn = units.map(({ length }) => Math.min(Math.ceil(fraction * length), DRAWN_BESIDE));
  const thin = thinned(units, drawn);
  const next = random(seed);
  const estimates = Array.from({ length: RESAMPLES }, () => statistic(...thin.map((groups, i) => draw(groups, drawn[i]!, next))));
  estimates.sort((a, b) => a - b);
  const tail = tailOf(fewest);
  const interval = [quantileSorted(estimates, tail), quantileSorted(estimates, 1 - tail)] as const;
  if (fraction === 1) return interval;
  const estimate = statistic(...units.map((groups) => groups.flat()));
  const [low, high] = interval.map((end) => estimate + Math.sqrt(fraction) * (end - estimate));
  return [low!, high!];
}

/** The groups with as many of their members as there is time for. */
function thinned<T>(units: readonly Grouped<T>[], drawn: readonly number[]): readonly Grouped<T>[] {
  const expected = units.map((groups, i) => (drawn[i]! / groups.length) * groups.reduce((sum, { length }) => sum + length, 0));
  const share = DRAWN_OBSERVATIONS / expected.reduce((sum, count) => sum + count, 0);
  if (share >= 1) return units;
  return units.map((groups) =>
    groups.map((group) => {
      const kept = Math.max(1, Math.round(share * group.length));
      return Array.from({ length: kept }, (_, i) => group[Math.floor(((i + 0.5) * group.length) / kept)]!);
    }),
  );
}

/** What a normal distribution has beyond Student's 97.5 % quantile for a deviation that so many groups tell, which resampling takes √((n − 1)/n) of. */
function tailOf(groups: number): number {
  const reach = Math.sqrt(groups / (groups - 1)) * studentT(groups - 1);
  return (1 - errorFunction(reach / Math.SQRT2)) / 2;
}

function draw<T>(groups: Grouped<T>, count: number, next: () => number): T[] {
  const drawn: T[] = [];
  for (let k = 0; k < count; k++) {
    for (const member of groups[Math.floor(next() * groups.length)]!) drawn.push(member);
  }
  return drawn;
}
