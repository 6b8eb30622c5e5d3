import type { Trace } from '../../src/trace/trace.js';

/** First row whose value is not below the given one, in a column sorted within [from, to). */
export function lowerBound(column: ArrayLike<number>, value: number, from = 0, to = column.length): number {
  return firstWhere(to, (row) => !(column[row]! < value), from);
}

/** Rows [from, to) of one thread in a table that is sorted by thread. */
export function rowsOfThread(thread: ArrayLike<number>, wanted: number): readonly [from: number, to: number] {
  const from = lowerBound(thread, wanted);
  return [from, lowerBound(thread, wanted + 1, from)];
}

/** Rows [from, to) of the samples of one thread in [startUs, endUs). */
export function samplesBetween(
  trace: Trace,
  wanted: number,
  startUs: number,
  endUs: number,
): readonly [from: number, to: number] {
  const { thread, atUs } = trace.tables.samples.columns;
  const [from, to] = rowsOfThread(thread, wanted);
  const first = lowerBound(atUs, startUs, from, to);
  return [first, lowerBound(atUs, endUs, first, to)];
}

/**
 * The first position in [from, to) where the condition holds, by bisection: it must hold for all positions after that.
 * @returns `to` where it holds for none
 */
export function firstWhere(to: number, holds: (position: number) => boolean, from = 0): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Row of the first slice that may reach into the time from `timeUs` on, among the rows [from, to) of one thread: the outermost one
 * around the slice before it.
 */
export function firstReachingInto(trace: Trace, timeUs: number, from: number, to: number): number {
  const { startUs, parent } = trace.tables.slices.columns;
  let row = lowerBound(startUs, timeUs, from, to);
  if (row > from) row--;
  while (row > from && parent[row]! >= 0) row = parent[row]!;
  return row;
}
