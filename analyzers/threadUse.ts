import type { Scheduling } from '../src/bundle/scheduling.js';
import type { Trace } from '../src/trace/trace.js';
import type { ThreadUse } from './analysis.js';
import type { Activity } from './frameActivities.js';
import { lowerBound, samplesBetween } from './rows.js';
import type { SplitWindows } from './splitWindows.js';
import { threadLabel } from './threadLabel.js';
import type { Window } from './windows.js';

const SHOWN = 16;
/** Less than this share of the windows on a core, or waiting for one, is not worth a row. */
const WORTH = 0.001;

/**
 * What the threads of the windows' processes did in the windows, by the kernel's own account: on a core, runnable without one,
 * asleep. The figures are read every so many milliseconds and interpolated in between, so they are exact over many windows and not
 * within one. https://www.kernel.org/doc/html/latest/scheduler/sched-stats.html
 */
export function threadUse(
  trace: Trace,
  { threads, samples }: Scheduling,
  { windows }: SplitWindows,
  activities: readonly Activity[],
): ThreadUse[] | null {
  if (windows.length === 0) return null;
  const { pid, tid } = trace.tables.threads.columns;
  const spans = windows.map(({ window }) => window);
  const owners = new Set(spans.map(({ thread }) => thread));
  const processes = new Set([...owners].map((thread) => pid[thread]));
  const wallMs = spans.reduce((sum, { startUs, endUs }) => sum + endUs - startUs, 0) / 1000;
  const seriesOf = series(samples, threads.length);
  return threads
    .flatMap((known, index): ThreadUse[] => {
      if (!processes.has(known.pid)) return [];
      const row = pid.findIndex((each, i) => each === known.pid && (tid[i] === known.tid || tid[i] === known.traceTid));
      const { atUs, ranUs, waitedUs } = seriesOf[index]!;
      const ranMs = during(atUs, ranUs, spans) / 1000;
      const waitedMs = during(atUs, waitedUs, spans) / 1000;
      if (ranMs + waitedMs < WORTH * wallMs) return [];
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

interface Series {
  readonly atUs: number[];
  readonly ranUs: number[];
  readonly waitedUs: number[];
}

function series(samples: Scheduling['samples'], count: number): Series[] {
  const result = Array.from({ length: count }, (): Series => ({ atUs: [], ranUs: [], waitedUs: [] }));
  samples.thread.forEach((thread, i) => {
    const own = result[thread];
    if (!own) return;
    own.atUs.push(samples.atUs[i]!);
    own.ranUs.push(samples.ranUs[i]!);
    own.waitedUs.push(samples.waitedUs[i]!);
  });
  return result;
}

/** Growth of a sum during the windows, between readings in proportion. */
function during(atUs: readonly number[], sum: readonly number[], windows: readonly Window[]): number {
  return windows.reduce((total, { startUs, endUs }) => total + valueAt(atUs, sum, endUs) - valueAt(atUs, sum, startUs), 0);
}

function valueAt(atUs: readonly number[], sum: readonly number[], timeUs: number): number {
  const after = lowerBound(atUs, timeUs);
  if (after === 0) return sum[0] ?? 0;
  if (after === atUs.length) return sum[after - 1]!;
  const part = (timeUs - atUs[after - 1]!) / (atUs[after]! - atUs[after - 1]!);
  return sum[after - 1]! + part * (sum[after]! - sum[after - 1]!);
}

function spinShare(trace: Trace, thread: number, windows: readonly Window[], activities: readonly Activity[]): number | null {
  const { columns } = trace.tables.samples;
  let awake = 0;
  let spinning = 0;
  for (const { startUs, endUs } of windows) {
    const [from, to] = samplesBetween(trace, thread, startUs, endUs);
    for (let row = from; row < to; row++) {
      const activity = activities[columns.frame[row]!];
      if (activity === 'idle' || activity === 'contention.workers') continue;
      awake++;
      if (activity === 'contention.spin') spinning++;
    }
  }
  return awake === 0 ? null : spinning / awake;
}
