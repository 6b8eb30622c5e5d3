import type { Trace } from '../../src/trace/trace.js';

/**
 * First row whose value is not below the given one, in a column sorted within [from, to). It is asked millions of times in an analysis:
 * through `firstWhere`, with a function for each question, the whole takes a tenth longer.
 */
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

/**
 * The first position in [from, to) where the condition holds, by bisection. The condition must hold at all positions after it.
 * @returns `to` if it holds at none
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
 * Row of the first slice that may end after `timeUs`, among the rows [from, to) of one thread. It is the outermost slice around
 * the last one that begins before `timeUs`.
 */
export function firstReachingInto(trace: Trace, timeUs: number, from: number, to: number): number {
  const row = lowerBound(trace.tables.slices.columns.startUs, timeUs, from, to);
  return row > from ? outermost(trace)[row - 1]! : row;
}

const outermostOf = new WeakMap<Trace, Int32Array>();

/** Per row of slices: the row of the outermost slice around it. Kept, as slices may be nested by the thousand, and it is asked for every window. */
function outermost(trace: Trace): Int32Array {
  const known = outermostOf.get(trace);
  if (known) return known;
  // The slice around another stands before it.
  const rows = trace.tables.slices.columns.parent.slice();
  for (let row = 0; row < rows.length; row++) rows[row] = rows[row]! < 0 ? row : rows[rows[row]!]!;
  outermostOf.set(trace, rows);
  return rows;
}
