import type { Trace } from '../src/trace/trace.js';
import { samplesBetween } from './rows.js';
import type { FoundWindows, Window } from './windows.js';

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
