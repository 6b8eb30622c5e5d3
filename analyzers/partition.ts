import { median } from 'simple-statistics';
import { bootstrapInterval } from '../src/stats/bootstrap.js';
import type { Trace } from '../src/trace/trace.js';
import type { CauseTime, Partition } from './analysis.js';
import { type CauseId, causeIds, causes } from './causes.js';
import type { Activity } from './frameCause.js';
import { findPageTasks } from './pageTasks.js';
import { lowerBound, rowsOfThread } from './rows.js';
import type { Span } from './spans.js';
import { criticalPath, type Split, splitWindow, type WindowContext } from './splitWindow.js';
import { type ThreadSpans, threadSpans } from './threadSpans.js';
import type { FoundWindows, Window } from './windows.js';

/** The windows split by cause, with what the split was made from. */
export interface SplitWindows {
  readonly windows: readonly { readonly window: Window; readonly path: readonly Span<CauseId>[]; readonly split: Split }[];
  readonly warmup: Split | null;
  /** Per thread that an owner's window may depend on: what it did. */
  readonly threads: ReadonlyMap<number, ThreadSpans>;
}

/** Splits every window, and the warm-up, by walking its critical path. */
export function splitWindows(trace: Trace, found: FoundWindows, activities: readonly Activity[]): SplitWindows {
  const owners = new Set([...found.windows, ...(found.warmup ? [found.warmup] : [])].map(({ thread }) => thread));
  const threads = new Map<number, ThreadSpans>();
  const spansOf = (thread: number): ThreadSpans => {
    const spans = threads.get(thread) ?? threadSpans(trace, thread, activities);
    threads.set(thread, spans);
    return spans;
  };
  const contexts = new Map<number, WindowContext>();
  for (const thread of owners) {
    const owner = spansOf(thread);
    const others = sampledThreadsBeside(trace, thread).map(spansOf);
    const own = found.windows.filter((window) => window.thread === thread);
    contexts.set(thread, { owner, others, pageTasks: findPageTasks(trace, own, thread, owner) });
  }
  const split = (window: Window): SplitWindows['windows'][number] => {
    const context = contexts.get(window.thread)!;
    const path = criticalPath(window, context);
    return { window, path, split: splitWindow(window, path, context.owner) };
  };
  return { windows: found.windows.map(split), warmup: found.warmup && split(found.warmup).split, threads };
}

/** Threads of the same process that were sampled too. */
function sampledThreadsBeside(trace: Trace, owner: number): number[] {
  const { columns } = trace.tables.threads;
  const sampled = new Set(trace.tables.callFrames.columns.thread);
  return [...sampled].filter((thread) => thread !== owner && columns.pid[thread] === columns.pid[owner]);
}

/** The partition of all windows together, or null if there is none. */
export function partition(
  trace: Trace,
  { windows, warmup }: SplitWindows,
  source: string,
  evidence: Readonly<Partial<Record<CauseId, string>>>,
): Partition | null {
  if (windows.length === 0) return null;
  const splits = windows.map(({ split }) => split);
  const lengths = windows.map(({ window }) => window.endUs - window.startUs);
  const times = causeTimes(splits, evidence);
  return {
    windows: windows.length,
    windowMedianMs: median(lengths) / 1000,
    samples: windows.reduce((sum, { window }) => sum + samplesIn(trace, window), 0),
    windowSource: source,
    causes: times,
    unattributedShare: times.find(({ id }) => id === 'unattributed')?.share ?? 0,
    warmup: warmup && causeTimes([warmup], {}),
  };
}

function samplesIn(trace: Trace, { thread, startUs, endUs }: Window): number {
  const { columns } = trace.tables.samples;
  const [from, to] = rowsOfThread(columns.thread, thread);
  return lowerBound(columns.atUs, endUs, from, to) - lowerBound(columns.atUs, startUs, from, to);
}

/** Causes that hold time in some window, largest first, unattributed last. */
function causeTimes(splits: readonly Split[], evidence: Readonly<Partial<Record<CauseId, string>>>): CauseTime[] {
  const sums = causeIds.map((id) => splits.reduce((sum, split) => sum + split[id], 0));
  const total = sums.reduce((sum, us) => sum + us, 0);
  const times = causeIds
    .map((id, i): CauseTime => {
      const ms = splits.map((split) => split[id] / 1000);
      const { title, meaning } = causes[id];
      return {
        id,
        title,
        meaning,
        medianMs: median(ms),
        ci95Ms: bootstrapInterval([[ms]], median),
        share: sums[i]! / total,
        evidence: evidence[id] ?? '',
      };
    })
    .filter(({ share }) => share > 0);
  return times.sort((a, b) => Number(a.id === 'unattributed') - Number(b.id === 'unattributed') || b.share - a.share);
}
