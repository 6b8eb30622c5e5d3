import { errorFunction, quantileSorted } from 'simple-statistics';
import { ANYWHERE } from './interval.js';
import { random } from './random.js';
import { studentT } from './studentT.js';

const RESAMPLES = 1000;

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
 * @param samples per sample: its groups of observations
 * @param statistic what is estimated, from the drawn observations of each sample
 * @returns [low, high]; both NaN if a sample has no observations, infinite if one has fewer than five groups
 * Source: Davison & Hinkley, Bootstrap Methods and their Application (1997), 3.8 and 5.3; Hesterberg, What Teachers Should Know about the
 * Bootstrap (The American Statistician, 2015), 5.3.
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
  const next = random(seed);
  const estimates = Array.from({ length: RESAMPLES }, () => statistic(...units.map((groups) => draw(groups, next))));
  estimates.sort((a, b) => a - b);
  const tail = tailOf(fewest);
  return [quantileSorted(estimates, tail), quantileSorted(estimates, 1 - tail)];
}

/** What a normal distribution has beyond Student's 97.5 % quantile for a deviation that so many groups tell, which resampling takes √((n − 1)/n) of. */
function tailOf(groups: number): number {
  const reach = Math.sqrt(groups / (groups - 1)) * studentT(groups - 1);
  return (1 - errorFunction(reach / Math.SQRT2)) / 2;
}

function draw<T>(groups: Grouped<T>, next: () => number): T[] {
  const drawn: T[] = [];
  for (let k = 0; k < groups.length; k++) {
    for (const member of groups[Math.floor(next() * groups.length)]!) drawn.push(member);
  }
  return drawn;
}
