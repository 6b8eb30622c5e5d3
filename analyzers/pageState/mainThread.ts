import { median } from 'simple-statistics';
import type { Trace } from '../../src/trace/trace.js';
import { clip, totalUs, union } from '../activity/spans.js';
import { threadLabel } from '../activity/threads.js';
import type { Window } from '../activity/window.js';
import { outermostTasks } from '../windows/tasks.js';

/** A task that is longer blocks the page: it answers no input meanwhile. https://www.w3.org/TR/longtasks-1/ */
export const LONG_TASK_MS = 50;

/** Long tasks of the page's main thread during inferences. */
export interface MainThread {
  readonly thread: string;
  /** Whether inferences run on it. */
  readonly infers: boolean;
  /** Tasks of 50 ms and more that overlap an inference; the longest of them, whole. */
  readonly longTasks: number;
  readonly longestMs: number;
  /** Inferences, and those that such a task overlaps. */
  readonly inferences: number;
  readonly blockedInferences: number;
  /** Time of an inference that is in such tasks: the median, and the share over all of them. */
  readonly blockedMedianMs: number;
  readonly blockedShare: number;
}

/** Of fewer inferences, what blocks the page is hardly the inference. */
const OFTEN = 0.1;

/** Whether the main thread is blocked in so many inferences that it is told first. */
export const isOftenBlocked = ({ inferences, blockedInferences }: MainThread): boolean =>
  blockedInferences > 0 && blockedInferences >= OFTEN * inferences;

const MAIN = 'CrRendererMain';

/** @returns null without a window, or where the trace does not name the main thread of their process */
export function mainThreadUse(trace: Trace, windows: readonly Window[]): MainThread | null {
  const { pid, name } = trace.tables.threads.columns;
  const owners = new Set(windows.map(({ thread }) => thread));
  const processes = new Set([...owners].map((thread) => pid[thread]));
  const mains = Array.from(pid.keys()).filter((thread) => processes.has(pid[thread]) && name.at(thread) === MAIN);
  const [most] = mains
    .map((thread) => useOf(trace, thread, windows, owners.has(thread)))
    .sort((a, b) => b.blockedShare - a.blockedShare);
  return most ?? null;
}

function useOf(trace: Trace, thread: number, windows: readonly Window[], infers: boolean): MainThread {
  const inWindows = union(windows);
  const long = outermostTasks(trace, thread).filter(
    (task) => task.endUs - task.startUs >= LONG_TASK_MS * 1000 && clip(inWindows, task.startUs, task.endUs).length > 0,
  );
  const blocked = union(long);
  const blockedMs = windows.map(({ startUs, endUs }) => totalUs(clip(blocked, startUs, endUs)) / 1000);
  const bothUs = inWindows.reduce((sum, { startUs, endUs }) => sum + totalUs(clip(blocked, startUs, endUs)), 0);
  return {
    thread: threadLabel(trace, thread),
    infers,
    longTasks: long.length,
    longestMs: long.reduce((longest, { startUs, endUs }) => Math.max(longest, (endUs - startUs) / 1000), 0),
    inferences: windows.length,
    blockedInferences: blockedMs.filter((ms) => ms > 0).length,
    blockedMedianMs: median(blockedMs),
    blockedShare: bothUs / totalUs(inWindows),
  };
}
