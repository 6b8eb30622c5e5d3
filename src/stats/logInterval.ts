import { mean } from 'simple-statistics';
import { ANYWHERE, type Interval } from './interval.js';
import { studentInterval } from './studentInterval.js';

/**
 * Geometric mean of a few independent positive values, with its 95 % interval: Student's t of their logarithms. For times and
 * ratios, which vary by factors: a process is 5 % slower than the next, not 3 ms. So the interval has no negative end, however far
 * the values are apart, and of a ratio and its inverse it is the same.
 *
 * Where a value is not positive, factors mean nothing: then it is the mean, and nothing is known of where the next one falls,
 * unless all are alike.
 *
 * @param values one at least
 * @returns an infinite interval for a single value, of whose spread nothing is known
 * Source: Fleming & Wallace, How Not to Lie with Statistics (CACM 29 (3), 1986), for the geometric mean; Limpert, Stahel & Abbt,
 * Log-normal Distributions across the Sciences (BioScience 51 (5), 2001), for the interval.
 */
export function logInterval(values: readonly number[]): { readonly value: number; readonly ci95: Interval } {
  const [first] = values;
  const areAlike = values.length > 1 && values.every((value) => value === first);
  if (areAlike) return { value: first!, ci95: [first!, first!] };
  if (values.some((value) => !(value > 0))) return { value: mean([...values]), ci95: ANYWHERE };
  if (values.length === 1) return { value: first!, ci95: ANYWHERE };
  const logs = values.map(Math.log);
  const [low, high] = studentInterval(logs);
  return { value: Math.exp(mean(logs)), ci95: [Math.exp(low), Math.exp(high)] };
}

/**
 * The interval of positive values placed around another estimate of their level: as wide, as a factor, as that of their geometric
 * mean. For where levels have to sum, and so are means.
 */
export function logIntervalAround(estimate: number, values: readonly number[]): Interval {
  const { value, ci95 } = logInterval(values);
  return ci95.every(Number.isFinite) && value > 0 ? [(ci95[0] / value) * estimate, (ci95[1] / value) * estimate] : ci95;
}
