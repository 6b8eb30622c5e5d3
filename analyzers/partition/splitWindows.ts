import type { Trace } from '../../src/trace/trace.js';
import { type Activity, activities } from '../activity/callStacks.js';
import { deviceSpans } from '../activity/gpu/deviceClock.js';
import { gpuRealmsOnTrace, type RealmOnTrace } from '../activity/gpu/realm.js';
import { type GpuTimeline, gpuTasks, gpuTimeline } from '../activity/gpu/timeline.js';
import { type ScheduledThread, scheduling } from '../activity/scheduling.js';
import { type Span, union } from '../activity/spans.js';
import { type ThreadSpans, threadSpans } from '../activity/threadSpans.js';
import type { FoundWindows, Window } from '../activity/window.js';
import { fact, sampledEveryUs, trace } from '../input.js';
import { splittableWindows } from '../windows/index.js';
import type { CauseId } from './causes/index.js';
import { criticalPath, type WindowContext } from './criticalPath.js';
import { offCpu, runnable } from './offCpu.js';
import { findPageTasks } from './pageTasks.js';
import { type Split, splitWindow } from './splitWindow.js';

/** One window split by cause, with the critical path that the split is made from. */
export interface SplitWindow {
  readonly window: Window;
  readonly path: readonly Span<CauseId>[];
  readonly split: Split;
  /** False if the owner's time off the CPU is not known. Then no time is contention.preempted. */
  readonly hasThreadTimes: boolean;
}

export interface SplitWindows {
  readonly windows: readonly SplitWindow[];
  readonly warmup: SplitWindow | null;
  /** No time in it is contention.page: during setup, tasks of the page cannot be told from the run's. */
  readonly setup: SplitWindow | null;
  /** Rows of the slices that are tasks of the page in the middle of a window. */
  readonly pageTasks: ReadonlySet<number>;
  /** By owner that sends work to the GPU process: what the GPU process and the device do with it. */
  readonly gpu: ReadonlyMap<number, GpuTimeline>;
  /** What the threads did that a window may depend on, by row of threads. */
  readonly threads: ReadonlyMap<number, ThreadSpans>;
}

/**
 * Splits every window, the warm-up and the setup by cause, along its critical path.
 * @param scheduled scheduling of threads; empty if it was not recorded
 * @param realms recorded calls of GPU APIs; empty if there are none
 * @param sampledEveryUs sampling interval of the recording, µs; null if not known
 */
export function splitWindows(
  trace: Trace,
  found: FoundWindows,
  activities: readonly Activity[],
  scheduled: readonly ScheduledThread[] = [],
  realms: readonly RealmOnTrace[] = [],
  sampledEveryUs: number | null = null,
): SplitWindows {
  const all = found.warmup ? [...found.windows, found.warmup] : found.windows;
  const stretches = union(found.setup ? [...all, found.setup] : all);
  const threads = new Map<number, ThreadSpans>();
  const spansOf = (thread: number): ThreadSpans => {
    const spans = threads.get(thread) ?? threadSpans(trace, thread, activities, stretches, sampledEveryUs);
    threads.set(thread, spans);
    return spans;
  };
  const contexts = new Map<number, WindowContext>();
  const contextOf = (thread: number): WindowContext => ({
    owner: spansOf(thread),
    others: otherSampledThreads(trace, thread).map(spansOf),
    pageTasks: new Set(),
    gpu: gpuTimeline(
      trace,
      thread,
      stretches,
      union(realms.filter((realm) => realm.thread === thread).flatMap((realm) => deviceSpans(trace, realm))),
    ),
  });
  const pageTasks = new Set<number>();
  for (const thread of new Set(all.map((window) => window.thread))) {
    const context = contextOf(thread);
    const own = all.filter((window) => window.thread === thread);
    const tasks = findPageTasks(trace, own, thread, context.owner, gpuTasks(trace, thread, realms));
    for (const row of tasks) pageTasks.add(row);
    contexts.set(thread, { ...context, pageTasks: tasks });
  }
  const split = (windows: readonly Window[], contextOfThread: (thread: number) => WindowContext): SplitWindow[] => {
    const walked = windows.map((window) => {
      const context = contextOfThread(window.thread);
      const path = criticalPath(window, context);
      return { window, path, owner: context.owner, off: offCpu(window, path, context.owner) };
    });
    const lackedCore = new Map(
      [...new Set(windows.map(({ thread }) => thread))].map((thread) => {
        const own = walked.filter(({ window }) => window.thread === thread);
        return [
          thread,
          runnable(
            own,
            scheduled.find(({ row }) => row === thread),
          ),
        ] as const;
      }),
    );
    return walked.map(({ window, path, owner, off }) => ({
      window,
      path,
      split: splitWindow(window, path, owner, off, lackedCore.get(window.thread)!),
      hasThreadTimes: off.isKnown,
    }));
  };
  const known = (thread: number): WindowContext => contexts.get(thread)!;
  const [warmup = null] = found.warmup ? split([found.warmup], known) : [];
  const withoutTasks = (thread: number): WindowContext =>
    contexts.has(thread) ? { ...known(thread), pageTasks: new Set() } : contextOf(thread);
  const [setup = null] = found.setup ? split([found.setup], withoutTasks) : [];
  const gpu = new Map([...contexts].flatMap(([thread, context]) => (context.gpu ? [[thread, context.gpu] as const] : [])));
  return { windows: split(found.windows, known), warmup, setup, threads, pageTasks, gpu };
}

/** The other sampled threads of the owner's process. */
function otherSampledThreads(trace: Trace, owner: number): number[] {
  const { columns } = trace.tables.threads;
  const sampled = new Set(trace.tables.callFrames.columns.thread);
  return [...sampled].filter((thread) => thread !== owner && columns.pid[thread] === columns.pid[owner]);
}

/** Every window, the warm-up and the setup, split by cause. */
export const split = fact('split', (get) =>
  splitWindows(
    get(trace),
    get(splittableWindows),
    get(activities),
    get.maybe(scheduling) ?? [],
    get(gpuRealmsOnTrace),
    get.maybe(sampledEveryUs),
  ),
);
