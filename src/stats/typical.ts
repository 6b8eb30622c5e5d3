import { median } from 'simple-statistics';

/**
 * How one of several times of the same work stands to the others: in the middle half of them, beside it, or so far off that it is
 * no more of the same.
 */
export type Standing = 'typical' | 'usual' | 'longer' | 'shorter';

/** Beyond so many deviations it is an outlier. */
const FAR = 3.5;
/** Median absolute deviation of a normal distribution with a standard deviation of 1. */
const OF_NORMAL = 0.6745;
/** However alike the others are: what differs from their median by less than this factor is no outlier. */
const APART = 1.5;
/** Of fewer nothing tells which of them is typical. */
const FEWEST = 5;

/**
 * Which times are typical, and which stand out. A time is an outlier if its modified z-score is above 3.5, on a log scale since
 * times vary by factors, and it differs from the median by a factor of at least 1.5. Median and median absolute deviation stay what
 * they are as long as less than half are outliers, where mean, standard deviation and quartiles move with them. Of the others those
 * between the quartiles are typical: their mean is the interquartile mean, which unlike the mean stays at the median where times
 * have a long tail.
 * Source: Iglewicz & Hoaglin, How to Detect and Handle Outliers (ASQC, 1993),
 * https://www.itl.nist.gov/div898/handbook/eda/section3/eda35h.htm; Rosenberger & Gasko, Comparing Location Estimators: Trimmed Means,
 * Medians, and Trimean (Understanding Robust and Exploratory Data Analysis, 1983), for the mean of the middle half.
 */
export function standings(times: readonly number[]): Standing[] {
  if (times.length < FEWEST || !times.every((time) => time > 0)) return times.map(() => 'typical');
  const logs = times.map(Math.log);
  const middle = median(logs);
  const deviation = median(logs.map((log) => Math.abs(log - middle)));
  const reach = Math.max((FAR * deviation) / OF_NORMAL, Math.log(APART));
  const isNear = (log: number): boolean => Math.abs(log - middle) <= reach;
  const near = logs.filter(isNear).sort((a, b) => a - b);
  const cut = Math.floor(near.length / 4);
  const [low, high] = [near[cut]!, near[near.length - 1 - cut]!];
  return logs.map((log) => {
    if (!isNear(log)) return log > middle ? 'longer' : 'shorter';
    return log >= low && log <= high ? 'typical' : 'usual';
  });
}

/** Those of them that are typical by their time. */
export function typicalOf<T>(all: readonly T[], timeOf: (one: T) => number): T[] {
  const found = standings(all.map(timeOf));
  return all.filter((_, i) => found[i] === 'typical');
}
