import type { KernelRuns } from '../../src/bundle/kernelLog.js';
import type { Trace } from '../../src/trace/trace.js';

/** Where a framework's profile has its place on the clock of the trace that was recorded beside it. */
export interface ProfileClock {
  /** Row of threads on which the predictions ran. */
  readonly thread: number;
  /** The beginning of the first profiled prediction, µs on the trace clock. */
  readonly zeroUs: number;
  /** By which that may be wrong, and so each time of the profile, either way. */
  readonly errorUs: number;
}

/**
 * A browser gives its pages the time in steps: of 5 µs where the page is isolated from others, else of 100 µs.
 * https://www.w3.org/TR/hr-time-3/#dfn-coarsened-shared-current-time
 */
const stepUs = (isolated: boolean): number => (isolated ? 5 : 100);

/**
 * Finds it by the measures around the predictions, each of which the harness left from when to when the framework read the clock. A run of the framework's own account
 * lies inside its measure, so that each bounds the zero of the framework's clock from both sides, and the bounds of all of them together hold
 * it. A prediction without a measure has its place by those of the others.
 * @param isolated whether the page was isolated from others of other origins
 * @returns what is missing, in words, where it cannot be found
 */
export function profileClock(
  trace: Trace,
  runId: string,
  runs: KernelRuns,
  isolated: boolean,
): ProfileClock | { readonly lack: string } {
  const { columns, length } = trace.tables.userTiming;
  const places = new Map(runs.startMs.map((_, i) => [`inferscope:${runId}:profiled:${runs.first + i}`, i]));
  let thread = -1;
  let earliestUs = Number.NEGATIVE_INFINITY;
  let latestUs = Number.POSITIVE_INFINITY;
  for (let row = 0; row < length; row++) {
    if (columns.kind.at(row) !== 'measure' || columns.unclosed[row] === 1) continue;
    const place = places.get(columns.name.at(row));
    if (place === undefined) continue;
    const startUs = columns.startUs[row]!;
    const runUs = runs.startMs[place]! * 1000;
    thread = columns.thread[row]!;
    earliestUs = Math.max(earliestUs, startUs - runUs);
    latestUs = Math.min(latestUs, startUs + columns.durationUs[row]! - runUs - runs.ms[place]! * 1000);
  }
  if (thread < 0) return { lack: 'the trace of the profiling pass has no measure of a profiled prediction' };
  // Either side is rounded to a step.
  if (earliestUs - latestUs > 2 * stepUs(isolated)) {
    const offMs = ((earliestUs - latestUs) / 1000).toFixed(3);
    return { lack: `the clock of the framework’s profile does not fit that of the trace: they differ by ${offMs} ms` };
  }
  const errorUs = Math.abs(latestUs - earliestUs) / 2 + stepUs(isolated);
  return { thread, zeroUs: (earliestUs + latestUs) / 2, errorUs };
}
