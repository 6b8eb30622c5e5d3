import { mean, sampleStandardDeviation } from 'simple-statistics';

/** 97.5 % quantiles of Student's t for 1, 2, … degrees of freedom. NIST/SEMATECH e-Handbook, 1.3.6.7.2. */
const T_975 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101,
  2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];
const NORMAL_975 = 1.96;

/**
 * 95 % interval of the mean of few independent values: Student's t. Meant for a handful of replicates, of which resampling would
 * make intervals that are too narrow.
 * @returns [low, high]; infinite for a single value, of whose spread nothing is known
 */
export function studentInterval(values: readonly number[]): readonly [low: number, high: number] {
  const centre = mean([...values]);
  if (values.length < 2) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const reach = (T_975[values.length - 2] ?? NORMAL_975) * (sampleStandardDeviation([...values]) / Math.sqrt(values.length));
  return [centre - reach, centre + reach];
}
