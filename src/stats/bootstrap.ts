import { quantileSorted } from 'simple-statistics';
import { random } from './random.js';

const RESAMPLES = 1000;

/** Observations by group: those of one group were made together and are not independent of each other. */
export type Grouped<T> = readonly (readonly T[])[];

/**
 * 95 % percentile interval of a statistic of one or more independent samples, by resampling whole groups (cluster bootstrap).
 *
 * Iterations of one round share what the machine was doing then, so they are not independent; resampling rounds keeps that in
 * the interval, and keeps what was measured side by side in a round together. A sample of a single group is resampled by its
 * members instead, since nothing is known of the variation between groups.
 *
 * @param samples per sample: its groups of observations
 * @param statistic what is estimated, from the drawn observations of each sample
 * @returns [low, high]; both NaN if a sample has no observations
 * Source: Davison & Hinkley, Bootstrap Methods and their Application (1997), 3.8 and 5.3.
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
  if (units.some((groups) => groups.length === 0)) return [Number.NaN, Number.NaN];
  const next = random(seed);
  const estimates = Array.from({ length: RESAMPLES }, () => statistic(...units.map((groups) => draw(groups, next))));
  estimates.sort((a, b) => a - b);
  return [quantileSorted(estimates, 0.025), quantileSorted(estimates, 0.975)];
}

function draw<T>(groups: Grouped<T>, next: () => number): T[] {
  const drawn: T[] = [];
  for (let k = 0; k < groups.length; k++) {
    for (const member of groups[Math.floor(next() * groups.length)]!) drawn.push(member);
  }
  return drawn;
}
