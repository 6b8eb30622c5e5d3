import type { Trace } from '../src/trace/trace.js';
import type { CauseId } from './causes.js';
import { criticalPath, type WindowContext } from './criticalPath.js';
import type { Activity } from './frameActivities.js';
import { findPageTasks } from './pageTasks.js';
import { preemptedUs } from './preempted.js';
import { type Span, union } from './spans.js';
import { type Split, splitWindow } from './splitWindow.js';
import { type ThreadSpans, threadSpans } from './threadSpans.js';
import type { FoundWindows, Window } from './windows.js';

/** One window split by cause, with what the split was made from. */
export interface SplitWindow {
  readonly window: Window;
  readonly path: readonly Span<CauseId>[];
  readonly split: Split;
  /** False where nothing tells how long the owner was off the CPU, so that no time can be `contention.preempted`. */
  readonly hasThreadTimes: boolean;
}

export interface SplitWindows {
  readonly windows: readonly SplitWindow[];
  readonly warmup: SplitWindow | null;
  /** Per thread that an owner's window may depend on: what it did. */
  readonly threads: ReadonlyMap<number, ThreadSpans>;
}

/** Splits every window, and the warm-up, by walking its critical path. */
export function splitWindows(trace: Trace, found: FoundWindows, activities: readonly Activity[]): SplitWindows {
  const all = found.warmup ? [...found.windows, found.warmup] : found.windows;
  const stretches = union(all);
  const threads = new Map<number, ThreadSpans>();
  const spansOf = (thread: number): ThreadSpans => {
    const spans = threads.get(thread) ?? threadSpans(trace, thread, activities, stretches);
    threads.set(thread, spans);
    return spans;
  };
  const contexts = new Map<number, WindowContext>();
  for (const thread of new Set(all.map((window) => window.thread))) {
    const owner = spansOf(thread);
    const others = sampledThreadsBeside(trace, thread).map(spansOf);
    const own = all.filter((window) => window.thread === thread);
    contexts.set(thread, { owner, others, pageTasks: findPageTasks(trace, own, thread, owner) });
  }
  const split = (window: Window): SplitWindow => {
    const context = contexts.get(window.thread)!;
    const path = criticalPath(window, context);
    const hasThreadTimes = !Number.isNaN(preemptedUs(window, context.owner));
    return { window, path, split: splitWindow(window, path, context.owner), hasThreadTimes };
  };
  return { windows: found.windows.map(split), warmup: found.warmup && split(found.warmup), threads };
}

/** Threads of the same process that were sampled too. */
function sampledThreadsBeside(trace: Trace, owner: number): number[] {
  const { columns } = trace.tables.threads;
  const sampled = new Set(trace.tables.callFrames.columns.thread);
  return [...sampled].filter((thread) => thread !== owner && columns.pid[thread] === columns.pid[owner]);
}
