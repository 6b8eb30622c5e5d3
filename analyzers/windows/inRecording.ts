import type { Trace } from '../../src/trace/trace.js';
import { samplesBetween } from '../activity/search.js';
import type { FoundWindows, Window } from '../activity/window.js';
import type { Search } from './finder.js';

/**
 * The windows within the recording of a page. The trace goes on while the other collectors stop, and windows in that time cannot
 * be split by cause. If the recording's times are not known, the first and the last CPU sample bound it.
 */
export function inRecording({ trace, page }: Search, windows: readonly Window[]): readonly Window[] {
  const { startUs, endUs } = page?.recorded ?? sampledTimes(trace);
  return windows.filter((window) => window.startUs >= startUs && window.endUs <= endUs);
}

function sampledTimes(trace: Trace): { readonly startUs: number; readonly endUs: number } {
  const { atUs } = trace.tables.samples.columns;
  const times = { startUs: Number.POSITIVE_INFINITY, endUs: Number.NEGATIVE_INFINITY };
  for (const at of atUs) {
    times.startUs = Math.min(times.startUs, at);
    times.endUs = Math.max(times.endUs, at);
  }
  return atUs.length > 0 ? times : { startUs: Number.NEGATIVE_INFINITY, endUs: Number.POSITIVE_INFINITY };
}

/** No sampling gap is this long, nor is the time between two deliveries of samples, µs. */
const AROUND_US = 100_000;

/**
 * The windows that can be split by cause: those with CPU samples. Samples stay in the page's process until they are delivered,
 * and are lost if the page navigates to another document before. If no window has samples, all are returned.
 */
export function sampledWindows(trace: Trace, found: FoundWindows): FoundWindows {
  const isSampled = ({ thread, startUs, endUs }: Window): boolean => {
    const [from, to] = samplesBetween(trace, thread, startUs - AROUND_US, endUs + AROUND_US);
    return to > from;
  };
  const windows = found.windows.filter(isSampled);
  return windows.length > 0 ? { ...found, windows } : found;
}

/** Recording may go on this long after the request to end it, µs. */
const SLACK_US = 1_000_000;

/** Latest time at which a measure can end, µs: a page that claims a later one invented it. Undefined if the end is not known. */
export function recordedUntilUs({ page }: Search): number | undefined {
  return page?.recorded ? page.recorded.endUs + SLACK_US : undefined;
}
