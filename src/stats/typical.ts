import { median } from 'simple-statistics';

/** How one of several times of the same work stands to the others. */
export type Standing = 'typical' | 'longer' | 'shorter';

/** Beyond so many deviations it is an outlier. */
const FAR = 3.5;
/** Median absolute deviation of a normal distribution with a standard deviation of 1. */
const OF_NORMAL = 0.6745;
/** However alike the others are: what differs from their median by less than this factor is no outlier. */
const APART = 1.5;
/** Of fewer nothing tells which of them is usual. */
const FEWEST = 5;

/**
 * Which times are typical, and which stand out. A time is an outlier if its modified z-score is above 3.5, on a log scale since
 * times vary by factors, and it differs from the median by a factor of at least 1.5. Median and median absolute deviation stay what
 * they are as long as less than half are outliers, where mean, standard deviation and quartiles move with them.
 * Source: Iglewicz & Hoaglin, How to Detect and Handle Outliers (ASQC, 1993);
 * https://www.itl.nist.gov/div898/handbook/eda/section3/eda35h.htm
 */
export function standings(times: readonly number[]): Standing[] {
  if (times.length < FEWEST || !times.every((time) => time > 0)) return times.map(() => 'typical');
  const logs = times.map(Math.log);
  const middle = median(logs);
  const deviation = median(logs.map((log) => Math.abs(log - middle)));
  const reach = Math.max((FAR * deviation) / OF_NORMAL, Math.log(APART));
  return logs.map((log) => (Math.abs(log - middle) <= reach ? 'typical' : log > middle ? 'longer' : 'shorter'));
}

/** Those of them that are typical by their time. */
export function typicalOf<T>(all: readonly T[], timeOf: (one: T) => number): T[] {
  const found = standings(all.map(timeOf));
  return all.filter((_, i) => found[i] === 'typical');
}
