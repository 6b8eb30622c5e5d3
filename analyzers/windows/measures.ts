import type { Trace } from '../../src/trace/trace.js';
import { series, threadClock } from '../activity/scheduling.js';
import type { Window } from '../activity/window.js';

type Measured = Omit<Window, 'offCpuUs'>;

/** The wanted user timing, as windows of the threads that recorded it. Those of one series may overlap. */
export function measureWindows(trace: Trace, wanted: (row: number) => boolean, untilUs?: number): Window[] {
  const { columns } = trace.tables.userTiming;
  const seriesOf = series(columns.name);
  const spans: Measured[] = [];
  const names = new Map<Measured, string>();
  for (const row of closedMeasures(trace, untilUs)) {
    if (!wanted(row)) continue;
    const startUs = columns.startUs[row]!;
    const span = { thread: columns.thread[row]!, startUs, endUs: startUs + columns.durationUs[row]! };
    spans.push(span);
    names.set(span, seriesOf(row));
  }
  return overlapping(trace, spans, (span) => names.get(span));
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
export function asWindows(trace: Trace, spans: readonly Measured[]): Window[] {
  const endOfThread = new Map<number, number>();
  return timed(trace, spans, ({ thread, startUs, endUs }) => {
    if (startUs < (endOfThread.get(thread) ?? Number.NEGATIVE_INFINITY)) return false;
    endOfThread.set(thread, endUs);
    return true;
  });
}

/** With more windows open at once on a thread, further ones are left out: the time for all would be the square of their number. */
const MOST_OPEN = 32;

/**
 * Windows by begin, and on each thread by end, too. They may overlap, as a page may begin an inference before the one before has
 * ended. A window within another one is a part of it and left out, unless two of one kind begin together.
 */
export function overlapping(trace: Trace, spans: readonly Measured[], kindOf: (span: Measured) => unknown): Window[] {
  const openOf = new Map<number, Measured[]>();
  const windows = timed(trace, spans, (span) => {
    const { thread, startUs, endUs } = span;
    const open = (openOf.get(thread) ?? []).filter((around) => around.endUs > startUs);
    openOf.set(thread, open);
    const isPart = open.some((around) => {
      const beginTogether = around.startUs === startUs && around.endUs > endUs && kindOf(around) === kindOf(span);
      return around.endUs >= endUs && !beginTogether;
    });
    if (isPart || open.length >= MOST_OPEN) return false;
    open.push(span);
    return true;
  });
  return windows.sort((one, other) => one.startUs - other.startUs || one.endUs - other.endUs);
}

function timed(trace: Trace, spans: readonly Measured[], isWanted: (span: Measured) => boolean): Window[] {
  const offCpu = threadClock(trace);
  const windows: Window[] = [];
  // Of spans that begin together, the longest comes first, as it contains the others.
  for (const span of [...spans].sort((a, b) => a.startUs - b.startUs || b.endUs - a.endUs)) {
    const { thread, startUs, endUs } = span;
    // Beyond 2⁵³ µs doubles are not exact.
    const isTime = startUs >= Number.MIN_SAFE_INTEGER && endUs <= Number.MAX_SAFE_INTEGER;
    if (startUs < endUs && isTime && isWanted(span)) windows.push({ ...span, offCpuUs: offCpu(thread, startUs, endUs) });
  }
  return windows;
}
