import type { Trace } from '../../src/trace/trace.js';
import { threadClock } from '../threadClock.js';
import type { Window } from '../windows.js';

/** Windows by time. One that overlaps the one before it on its thread is left out: the same time is not counted twice. */
export function asWindows(trace: Trace, spans: readonly Omit<Window, 'offCpuUs'>[]): Window[] {
  const offCpu = threadClock(trace);
  const endOfThread = new Map<number, number>();
  const windows: Window[] = [];
  // Of those that begin together the longer one is around the others.
  for (const { thread, startUs, endUs } of [...spans].sort((a, b) => a.startUs - b.startUs || b.endUs - a.endUs)) {
    // Past 2⁵³ µs doubles cannot tell parts of a time.
    const isTime = startUs >= Number.MIN_SAFE_INTEGER && endUs <= Number.MAX_SAFE_INTEGER;
    if (!(startUs < endUs) || !isTime || startUs < (endOfThread.get(thread) ?? Number.NEGATIVE_INFINITY)) continue;
    endOfThread.set(thread, endUs);
    windows.push({ thread, startUs, endUs, offCpuUs: offCpu(thread, startUs, endUs) });
  }
  return windows;
}
