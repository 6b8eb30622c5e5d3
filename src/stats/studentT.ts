/**
 * The probability that Student's t is farther from zero than some value, on either side: the two-sided p-value of a test. A sum of
 * few terms for whole degrees of freedom: Abramowitz & Stegun, 26.7.3 and 26.7.4.
 * @param degreesOfFreedom a whole number, 1 at least
 */
export function studentTails(t: number, degreesOfFreedom: number): number {
  if (Number.isNaN(t)) return 1;
  if (!Number.isFinite(t)) return 0;
  const angle = Math.atan(Math.abs(t) / Math.sqrt(degreesOfFreedom));
  const squared = Math.cos(angle) ** 2;
  const isOdd = degreesOfFreedom % 2 === 1;
  let term = isOdd ? Math.cos(angle) : 1;
  let sum = degreesOfFreedom === 1 ? 0 : term;
  for (let step = isOdd ? 2 : 1; step <= degreesOfFreedom - 3; step += 2) {
    term *= (squared * step) / (step + 1);
    sum += term;
  }
  const inside = Math.sin(angle) * sum;
  return Math.max(0, 1 - (isOdd ? (2 / Math.PI) * (angle + inside) : inside));
}

const HALVINGS = 100;

/**
 * How many standard errors an interval reaches to either side: the quantile of Student's t. Infinite without a degree of freedom.
 * @param confidence 0.95 for a 95 % interval
 */
export function studentT(degreesOfFreedom: number, confidence = 0.95): number {
  if (degreesOfFreedom < 1) return Number.POSITIVE_INFINITY;
  let [low, high] = [0, 2];
  while (studentTails(high, degreesOfFreedom) > 1 - confidence) high *= 2;
  for (let halving = 0; halving < HALVINGS && high - low > Number.EPSILON * high; halving++) {
    const middle = (low + high) / 2;
    if (studentTails(middle, degreesOfFreedom) > 1 - confidence) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
