import type { Trace } from '../../src/trace/trace.js';
import { threadClock } from '../activity/scheduling.js';
import type { Window } from '../activity/window.js';

/** The wanted user timing, as windows of the threads that recorded it. */
export function measureWindows(trace: Trace, wanted: (row: number) => boolean, untilUs?: number): Window[] {
  const { columns } = trace.tables.userTiming;
  const spans: Omit<Window, 'offCpuUs'>[] = [];
  for (const row of closedMeasures(trace, untilUs)) {
    if (!wanted(row)) continue;
    const startUs = columns.startUs[row]!;
    spans.push({ thread: columns.thread[row]!, startUs, endUs: startUs + columns.durationUs[row]! });
  }
  return asWindows(trace, spans);
}

/**
 * Rows of the user timing that has an end and a length. Times beyond 2⁵³ µs are left out, as doubles are not exact there.
 * @param untilUs end of the recording, if known. A page may invent times: measures that end later are left out.
 */
export function* closedMeasures(trace: Trace, untilUs = Number.MAX_SAFE_INTEGER): Generator<number> {
  const { columns, length } = trace.tables.userTiming;
  for (let row = 0; row < length; row++) {
    const startUs = columns.startUs[row]!;
    const endUs = startUs + columns.durationUs[row]!;
    const hasLength = columns.unclosed[row] === 0 && startUs < endUs;
    const isTime = startUs >= Number.MIN_SAFE_INTEGER && endUs <= untilUs;
    if (hasLength && isTime && columns.kind.at(row) !== 'mark') yield row;
  }
}

/** Windows by time. A window that overlaps the previous one of its thread is left out, so that no time counts twice. */
export function asWindows(trace: Trace, spans: readonly Omit<Window, 'offCpuUs'>[]): Window[] {
  const offCpu = threadClock(trace);
  const endOfThread = new Map<number, number>();
  const windows: Window[] = [];
  // Of spans that begin together, the longest comes first, as it contains the others.
  for (const { thread, startUs, endUs } of [...spans].sort((a, b) => a.startUs - b.startUs || b.endUs - a.endUs)) {
    // Beyond 2⁵³ µs doubles are not exact.
    const isTime = startUs >= Number.MIN_SAFE_INTEGER && endUs <= Number.MAX_SAFE_INTEGER;
    if (!(startUs < endUs) || !isTime || startUs < (endOfThread.get(thread) ?? Number.NEGATIVE_INFINITY)) continue;
    endOfThread.set(thread, endUs);
    windows.push({ thread, startUs, endUs, offCpuUs: offCpu(thread, startUs, endUs) });
  }
  return windows;
}
