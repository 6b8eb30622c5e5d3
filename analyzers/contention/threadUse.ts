import type { Trace } from '../../src/trace/trace.js';
import type { Activity } from '../activity/callStacks.js';
import type { ScheduledThread } from '../activity/scheduling.js';
import { samplesBetween } from '../activity/search.js';
import { threadLabel } from '../activity/threads.js';
import type { Window } from '../activity/window.js';
import { contention } from '../partition/causes/index.js';
import type { SplitWindows } from '../partition/splitWindows.js';

/** Means per window; the three times sum to the window's length. */
export interface ThreadUse {
  readonly thread: string;
  /** The owner runs the call. The other threads are the browser's, or workers of the pool. */
  readonly owner: boolean;
  /** On a core. */
  readonly ranMs: number;
  /** Runnable without a core (run-queue wait). The scheduler's figure for the cause contention.preempted. */
  readonly waitedMs: number;
  readonly sleptMs: number;
  /** Of its CPU samples in the windows while it is awake, the share in functions that only poll. Null without such samples. */
  readonly spinShare: number | null;
}

const SHOWN = 16;
/** Threads that spend less than this share of the windows on a core or waiting for one get no row. */
const MIN_SHARE = 0.001;

/**
 * What the threads of the windows' processes did in the windows, from the scheduler's records: on a core, runnable without one,
 * asleep.
 */
export function threadUse(
  trace: Trace,
  scheduled: readonly ScheduledThread[],
  { windows }: SplitWindows,
  activities: readonly Activity[],
): ThreadUse[] | null {
  if (windows.length === 0) return null;
  const { pid } = trace.tables.threads.columns;
  const spans = windows.map(({ window }) => window);
  const owners = new Set(spans.map(({ thread }) => thread));
  const processes = new Set([...owners].map((thread) => pid[thread]));
  const wallMs = spans.reduce((sum, { startUs, endUs }) => sum + endUs - startUs, 0) / 1000;
  return scheduled
    .flatMap((known): ThreadUse[] => {
      if (!processes.has(known.pid)) return [];
      const { row } = known;
      const { ranUs, waitedUs } = known.during(spans);
      const [ranMs, waitedMs] = [ranUs / 1000, waitedUs / 1000];
      if (ranMs + waitedMs < MIN_SHARE * wallMs) return [];
      const count = windows.length;
      return [
        {
          thread: row < 0 ? `${known.name} ${known.tid}` : threadLabel(trace, row),
          owner: owners.has(row),
          ranMs: ranMs / count,
          waitedMs: waitedMs / count,
          sleptMs: Math.max(0, wallMs - ranMs - waitedMs) / count,
          spinShare: row < 0 ? null : spinShare(trace, row, spans, activities),
        },
      ];
    })
    .sort((a, b) => Number(b.owner) - Number(a.owner) || b.ranMs + b.waitedMs - a.ranMs - a.waitedMs)
    .slice(0, SHOWN);
}

function spinShare(trace: Trace, thread: number, windows: readonly Window[], activities: readonly Activity[]): number | null {
  const { columns } = trace.tables.samples;
  let awake = 0;
  let spinning = 0;
  for (const { startUs, endUs } of windows) {
    const [from, to] = samplesBetween(trace, thread, startUs, endUs);
    for (let row = from; row < to; row++) {
      const activity = activities[columns.frame[row]!];
      if (activity === 'idle' || activity === contention.workers.id) continue;
      awake++;
      if (activity === contention.spin.id) spinning++;
    }
  }
  return awake === 0 ? null : spinning / awake;
}
