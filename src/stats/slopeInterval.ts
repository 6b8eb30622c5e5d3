import { linearRegression, linearRegressionLine, mean, sum } from 'simple-statistics';
import { ANYWHERE, type Interval } from './interval.js';
import { studentT } from './studentT.js';

/**
 * Slope of the least-squares line through points, and its 95 % interval by Student's t.
 * https://en.wikipedia.org/wiki/Simple_linear_regression#Normality_assumption
 * @returns an infinite interval for fewer than three points, or points at one x
 */
export function slopeInterval(points: readonly (readonly [x: number, y: number])[]): {
  readonly slope: number;
  readonly ci95: Interval;
} {
  const xs = points.map(([x]) => x);
  const spread = points.length < 3 ? 0 : sum(xs.map((x) => (x - mean(xs)) ** 2));
  if (spread === 0) return { slope: 0, ci95: ANYWHERE };
  const line = linearRegression(points.map(([x, y]) => [x, y]));
  const at = linearRegressionLine(line);
  const residuals = sum(points.map(([x, y]) => (y - at(x)) ** 2));
  const reach = studentT(points.length - 2) * Math.sqrt(residuals / (points.length - 2) / spread);
  return { slope: line.m, ci95: [line.m - reach, line.m + reach] };
}
