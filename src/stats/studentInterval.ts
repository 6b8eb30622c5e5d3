import { mean, sampleStandardDeviation } from 'simple-statistics';
import { ANYWHERE } from './interval.js';
import { studentT } from './studentT.js';

/**
 * Interval of the mean of a few independent values: Student's t. Meant for a handful of replicates, of which resampling would
 * make intervals that are too narrow.
 * @returns [low, high]; infinite for a single value, of whose spread nothing is known
 */
export function studentInterval(values: readonly number[], confidence = 0.95): readonly [low: number, high: number] {
  const centre = mean([...values]);
  if (values.length < 2) return ANYWHERE;
  const reach = studentT(values.length - 1, confidence) * (sampleStandardDeviation([...values]) / Math.sqrt(values.length));
  return [centre - reach, centre + reach];
}
