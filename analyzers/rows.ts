import type { Trace } from '../src/trace/trace.js';

/** First row whose value is not below the given one, in a column sorted within [from, to). */
export function lowerBound(column: ArrayLike<number>, value: number, from = 0, to = column.length): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
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
