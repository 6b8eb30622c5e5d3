import type { Interval } from './analysis.js';

/** A measured difference and its interval as text: "3.41 ms (2.9 to 3.92)". */
export function amount(ms: number, [low, high]: Interval): string {
  return `${inMs(ms)} ms (${inMs(low)} to ${inMs(high)})`;
}

/** Three digits that say something, never in powers of ten. */
const inMs = (ms: number): string => String(Number(ms.toPrecision(Math.abs(ms) >= 1000 ? 4 : 3)));
