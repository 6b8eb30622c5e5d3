/**
 * Ticks of a logarithmic axis: the factors of each decade that lie between its ends. Counted by exponents: a decade of numbers that nobody
 * measured may be 0 or infinite, and multiplying it by ten would never end.
 * @param factors 1, or 1, 2 and 5
 */
export function decadeTicks(low: number, high: number, factors: readonly number[]): number[] {
  const ticks: number[] = [];
  const last = Math.log10(Math.min(high, Number.MAX_VALUE));
  for (let exponent = Math.floor(Math.log10(Math.max(low, Number.MIN_VALUE))); exponent <= last; exponent++) {
    for (const factor of factors) ticks.push(Number((factor * 10 ** exponent).toPrecision(3)));
  }
  return ticks.filter((tick) => tick >= low && tick <= high);
}
