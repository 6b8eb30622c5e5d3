import type { Trace } from '../../src/trace/trace.js';
import type { MachineBusy, ScheduledThread } from '../activity/scheduling.js';
import type { SplitWindows } from '../partition/splitWindows.js';

/** Who used the cores during the windows besides the thread that runs the call. Means per window. */
export interface CoreHolders {
  /** Run-queue wait of the thread that runs the call. */
  readonly waitedMs: number;
  /** CPU time of the other threads of the page's process. */
  readonly pageMs: number;
  /** Number of those threads that used a core for a noticeable part of the windows. */
  readonly pageThreads: number;
  /** CPU time of the browser's other processes. */
  readonly browserMs: number;
  /** CPU time of other programs: what the whole machine was busy beyond the browser. Null if it was not recorded. */
  readonly othersMs: number | null;
}

/** A thread with less than this share of the windows on a core does not keep others from it. */
const NOTICEABLE = 0.05;

/**
 * Who used the cores during the windows, by the scheduler's records and the machine's busy time.
 * @returns null without a window, or without records of the thread that runs the call
 */
export function coreHolders(
  trace: Trace,
  scheduled: readonly ScheduledThread[],
  busy: MachineBusy | null,
  { windows }: Pick<SplitWindows, 'windows'>,
): CoreHolders | null {
  const { pid } = trace.tables.threads.columns;
  const spans = windows.map(({ window }) => window);
  const owners = new Set(spans.map(({ thread }) => thread));
  const processes = new Set([...owners].map((thread) => pid[thread]));
  const wallUs = spans.reduce((sum, { startUs, endUs }) => sum + endUs - startUs, 0);
  if (!scheduled.some(({ row }) => owners.has(row)) || wallUs === 0) return null;
  const used = { ownerUs: 0, waitedUs: 0, pageUs: 0, browserUs: 0 };
  let pageThreads = 0;
  for (const thread of scheduled) {
    const { ranUs, waitedUs } = thread.during(spans);
    if (owners.has(thread.row)) {
      used.ownerUs += ranUs;
      used.waitedUs += waitedUs;
    } else if (processes.has(thread.pid)) {
      used.pageUs += ranUs;
      if (ranUs > NOTICEABLE * wallUs) pageThreads++;
    } else used.browserUs += ranUs;
  }
  const perWindow = (us: number): number => us / 1000 / windows.length;
  const othersUs = busy && Math.max(0, busy.during(spans) - used.ownerUs - used.pageUs - used.browserUs);
  return {
    waitedMs: perWindow(used.waitedUs),
    pageMs: perWindow(used.pageUs),
    pageThreads,
    browserMs: perWindow(used.browserUs),
    othersMs: othersUs === null ? null : perWindow(othersUs),
  };
}
