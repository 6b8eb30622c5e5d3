import { differenceInterval, type Estimate, ratioInterval } from '../../src/stats/differenceInterval.js';
import type { Interval } from '../../src/stats/interval.js';

/** A figure of two recordings. Null: not measured. */
export interface Compared {
  readonly what: string;
  readonly aMs: number | null;
  readonly bMs: number | null;
  readonly aCi95Ms: Interval | null;
  readonly bCi95Ms: Interval | null;
  /** b − a. */
  readonly differenceMs: number | null;
  readonly differenceCi95Ms: Interval | null;
  /** b ÷ a. */
  readonly ratio: number | null;
  readonly ratioCi95: Interval | null;
  /** Whether the intervals of a and b share a value; null where one has none. */
  readonly overlap: boolean | null;
  /** `not apart`: the interval of the difference holds zero; `unknown`: there is no such interval. */
  readonly b: 'faster' | 'slower' | 'not apart' | 'unknown';
}

/** A figure of one of them. */
export interface Measured {
  readonly ms: number | null;
  readonly ci95Ms: Interval | null;
}

/** A figure of both, and how it differs. */
export function figure(what: string, a: Measured | null, b: Measured | null): Compared {
  const [was, is] = [estimateOf(a), estimateOf(b)];
  const both = typeof a?.ms === 'number' && typeof b?.ms === 'number' ? ([a.ms, b.ms] as const) : null;
  const interval = was && is ? differenceInterval(was, is) : null;
  const ratios = was && is && was.value > 0 && is.value > 0 ? ratioInterval(was, is) : null;
  return {
    what,
    aMs: a?.ms ?? null,
    bMs: b?.ms ?? null,
    aCi95Ms: was?.ci95 ?? null,
    bCi95Ms: is?.ci95 ?? null,
    differenceMs: both && both[1] - both[0],
    differenceCi95Ms: interval,
    ratio: both && both[0] > 0 ? both[1] / both[0] : null,
    ratioCi95: ratios?.every(Number.isFinite) ? ratios : null,
    overlap: was && is ? was.ci95[0] <= is.ci95[1] && is.ci95[0] <= was.ci95[1] : null,
    b: interval === null ? 'unknown' : interval[0] > 0 ? 'slower' : interval[1] < 0 ? 'faster' : 'not apart',
  };
}

const estimateOf = (measured: Measured | null): Estimate | null =>
  measured?.ci95Ms?.every(Number.isFinite) && measured.ms !== null ? { value: measured.ms, ci95: measured.ci95Ms } : null;

/** The largest difference first. */
export const byDifference = (a: Compared, b: Compared): number => Math.abs(b.differenceMs ?? 0) - Math.abs(a.differenceMs ?? 0);
