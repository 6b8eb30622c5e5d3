import type { Trace } from '../../src/trace/trace.js';
import { samplesBetween } from '../activity/search.js';
import type { FoundWindows, Window } from '../activity/window.js';
import type { Search } from './finder.js';

/**
 * The windows that lie in what was recorded of a page: its trace goes on while the rest of the recording is ended, and then nothing tells where their time
 * is. Where the recording's times are not known, those between the first and the last CPU sample.
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

/** The sampler is never silent for so long, nor is the handing in of its samples. */
const AROUND_US = 100_000;

/**
 * The windows that can be split by cause. What was sampled of a page is in its process until it is handed in, and lost where the page goes on to another document
 * before: nothing says where the time of those inferences went, and they are left out. All of them where nothing was sampled at all.
 */
export function sampledWindows(trace: Trace, found: FoundWindows): FoundWindows {
  const isSampled = ({ thread, startUs, endUs }: Window): boolean => {
    const [from, to] = samplesBetween(trace, thread, startUs - AROUND_US, endUs + AROUND_US);
    return to > from;
  };
  const windows = found.windows.filter(isSampled);
  return windows.length > 0 ? { ...found, windows } : found;
}

/** Recording ends a little after it is asked to. */
const SLACK_US = 1_000_000;

/** What a page claims to have lasted longer than this it made up; undefined where the end of the recording is not known. */
export function recordedUntilUs({ page }: Search): number | undefined {
  return page?.recorded ? page.recorded.endUs + SLACK_US : undefined;
}
