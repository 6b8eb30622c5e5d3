import type { Trace } from '../src/trace/trace.js';
import { lowerBound } from './rows.js';

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
