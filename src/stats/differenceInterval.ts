import { ANYWHERE, type Interval } from './interval.js';

/** An estimate with its 95 % interval. */
export interface Estimate {
  readonly value: number;
  readonly ci95: Interval;
}

/**
 * 95 % interval of b − a, from the intervals of two independent estimates: each end is as far from the difference as those ends of the
 * two that make it, together. It is the usual one where both intervals are symmetric, and keeps their lopsidedness where they are not.
 * Source: Zou & Donner, Construction of confidence limits about effect measures: a general approach (Statistics in Medicine 27, 2008).
 * @returns an infinite interval where that of an estimate is
 */
export function differenceInterval(a: Estimate, b: Estimate): Interval {
  if (![...a.ci95, ...b.ci95, a.value, b.value].every(Number.isFinite)) return ANYWHERE;
  const difference = b.value - a.value;
  return [
    difference - Math.hypot(b.value - b.ci95[0], a.ci95[1] - a.value),
    difference + Math.hypot(b.ci95[1] - b.value, a.value - a.ci95[0]),
  ];
}

/**
 * 95 % interval of b ÷ a, of positive estimates: that of the difference of their logarithms, so the interval of a ÷ b is its inverse.
 * @returns an infinite interval where an estimate, or an end of its interval, is not positive
 */
export function ratioInterval(a: Estimate, b: Estimate): Interval {
  const [low, high] = differenceInterval(logOf(a), logOf(b));
  return [low === Number.NEGATIVE_INFINITY ? low : Math.exp(low), Math.exp(high)];
}

const logOf = ({ value, ci95 }: Estimate): Estimate => ({ value: Math.log(value), ci95: [Math.log(ci95[0]), Math.log(ci95[1])] });
