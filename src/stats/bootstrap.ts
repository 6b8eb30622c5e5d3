import { quantileSorted } from 'simple-statistics';
import { random } from './random.js';

const RESAMPLES = 2000;

/**
 * 95 % percentile interval of a statistic by resampling whole groups (cluster bootstrap).
 *
 * Iterations of one round share what the machine was doing then, so they are not independent; resampling rounds keeps that in
 * the interval, and keeps what was measured side by side in a round together. With a single group the resampling is over its
 * members instead, since nothing is known of the variation between groups.
 *
 * @param groups one array of observations per round
 * @param statistic what is estimated, from the observations of all drawn groups
 * @returns [low, high]; both NaN if there are no observations
 * Source: Davison & Hinkley, Bootstrap Methods and their Application (1997), 3.8 and 5.3.
 */
export function bootstrapInterval<T>(
  groups: readonly (readonly T[])[],
  statistic: (sample: readonly T[]) => number,
  seed = 1,
): readonly [number, number] {
  const drawn = groups.length === 1 ? groups[0]!.map((member) => [member]) : groups.filter((group) => group.length > 0);
  if (drawn.length === 0) return [Number.NaN, Number.NaN];
  const next = random(seed);
  const estimates = new Float64Array(RESAMPLES);
  for (let i = 0; i < RESAMPLES; i++) {
    const sample: T[] = [];
    for (let k = 0; k < drawn.length; k++) {
      for (const member of drawn[Math.floor(next() * drawn.length)]!) sample.push(member);
    }
    estimates[i] = statistic(sample);
  }
  const sorted = Array.from(estimates.sort());
  return [quantileSorted(sorted, 0.025), quantileSorted(sorted, 0.975)];
}
