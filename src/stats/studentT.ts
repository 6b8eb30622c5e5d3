/** 97.5 % quantiles of Student's t for 1, 2, … degrees of freedom. NIST/SEMATECH e-Handbook, 1.3.6.7.2. */
const QUANTILES = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101,
  2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];
const NORMAL = 1.959964;

/** How many standard errors a 95 % interval reaches to either side; infinite without a degree of freedom. */
export function studentT(degreesOfFreedom: number): number {
  if (degreesOfFreedom < 1) return Number.POSITIVE_INFINITY;
  return QUANTILES[degreesOfFreedom - 1] ?? expansion(degreesOfFreedom);
}

/** Cornish and Fisher's expansion around the normal quantile, right to three decimals here. Abramowitz & Stegun, 26.7.5. */
function expansion(degreesOfFreedom: number): number {
  const z = NORMAL;
  return z + (z ** 3 + z) / (4 * degreesOfFreedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degreesOfFreedom ** 2);
}
