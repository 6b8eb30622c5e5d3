import { median } from 'simple-statistics';
import type { Standing } from '../../src/stats/typical.js';
import type { Trace } from '../../src/trace/trace.js';
import type { ActivityParts } from '../activity/activityParts.js';
import { type Activity, activities } from '../activity/callStacks.js';
import { gpuRealmsOnTrace, type RealmOnTrace } from '../activity/gpu/realm.js';
import { type GpuTimeline, gpuTasks, gpuTimeline } from '../activity/gpu/timeline.js';
import { type GpuWork, gpuWork } from '../activity/gpu/work.js';
import { scheduling } from '../activity/scheduledThreads.js';
import type { ScheduledThread } from '../activity/scheduling.js';
import { type Span, union } from '../activity/spans.js';
import { type ThreadSpans, threadSpans } from '../activity/threadSpans.js';
import { wasmCalls } from '../activity/wasmCalls.js';
import { wasmParts } from '../activity/wasmParts.js';
import type { FoundWindows, Window } from '../activity/window.js';
import { fact, sampledEveryUs, trace } from '../input.js';
import { splittableWindows, wasmRealms, windowStandings } from '../windows/index.js';
import { type CauseId, contention, gpu } from './causes/index.js';
import { criticalPath, type WindowContext, waits } from './criticalPath.js';
import { gpuTurns } from './gpuTurns.js';
import { offCpu, runnable } from './offCpu.js';
import { findPageTasks } from './pageTasks.js';
import { type Split, splitWindow } from './splitWindow.js';
import { turns } from './turns.js';

/** One window split by cause, with the critical path that the split is made from. */
export interface SplitWindow {
  readonly window: Window;
  readonly path: readonly Span<CauseId>[];
  readonly split: Split;
  /** False if the owner's time off the CPU is not known. Then no time is contention.preempted. */
  readonly hasThreadTimes: boolean;
  /**
   * Time off the CPU of which nothing shows whether the owner lacked a core or slept, µs. It counts for what the owner was doing. 0
   * with the scheduler's figures.
   */
  readonly unexplainedUs: number;
}

export interface SplitWindows {
  readonly windows: readonly SplitWindow[];
  readonly warmup: SplitWindow | null;
  /** No time in it is contention.page: during setup, tasks of the page cannot be told from the run's. */
  readonly setup: SplitWindow | null;
  /** Rows of the slices that are tasks of the page in the middle of a window. */
  readonly pageTasks: ReadonlySet<number>;
  /** Whether an owner uses the GPU and the trace does not show how the GPU process takes its commands up. */
  readonly isGpuHidden: boolean;
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
 * @param calls outermost calls into Wasm by thread, sorted without overlap; empty if they were not recorded
 * @param parts call frames whose time is of several causes
 */
export function splitWindows(
  trace: Trace,
  found: FoundWindows,
  activities: readonly Activity[],
  scheduled: readonly ScheduledThread[] = [],
  realms: readonly RealmOnTrace[] = [],
  sampledEveryUs: number | null = null,
  calls: ReadonlyMap<number, readonly Span<null>[]> = new Map(),
  parts: ActivityParts = [],
): SplitWindows {
  const all = found.warmup ? [...found.windows, found.warmup] : found.windows;
  const stretches = union(found.setup ? [...all, found.setup] : all);
  const threads = new Map<number, ThreadSpans>();
  const spansOf = (thread: number): ThreadSpans => {
    const spans = threads.get(thread) ?? threadSpans(trace, thread, activities, stretches, sampledEveryUs, parts);
    threads.set(thread, spans);
    return spans;
  };
  const works = new Map<number, GpuWork>();
  const gpuOf = (thread: number): GpuWork => {
    const work = works.get(thread) ?? gpuWork(trace, thread, all, realms);
    works.set(thread, work);
    return work;
  };
  const contexts = new Map<number, WindowContext>();
  const contextOf = (thread: number): WindowContext => {
    const { commands, device, elsewhere, isUsed } = gpuOf(thread);
    const timeline = gpuTimeline(trace, stretches, commands, device, elsewhere);
    const owner = spansOf(thread);
    return {
      owner,
      others: otherSampledThreads(trace, thread).map(spansOf),
      ...withTasks(owner, new Set()),
      turns: [],
      deviceTurns: [],
      gpu: timeline,
      isGpuHidden: !timeline?.isServiceKnown && isUsed,
    };
  };
  const pageTasks = new Set<number>();
  for (const thread of new Set(all.map((window) => window.thread))) {
    const context = contextOf(thread);
    const own = all.filter((window) => window.thread === thread).sort((a, b) => a.startUs - b.startUs || a.endUs - b.endUs);
    const tasks = findPageTasks(trace, own, thread, context.owner, gpuTasks(trace, thread, realms, gpuOf(thread).commands));
    for (const row of tasks) pageTasks.add(row);
    const ofRun = context.owner.tasks.filter(({ value }) => !tasks.has(value.row));
    const asked = gpuTurns(
      trace,
      own,
      realms.filter((realm) => realm.thread === thread),
    );
    contexts.set(thread, {
      ...context,
      ...withTasks(context.owner, tasks),
      turns: turns(own, ofRun, calls.get(thread), asked.calls),
      deviceTurns: asked.device,
    });
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
    return walked.map(({ window, path, owner, off }) => {
      const scheduled = lackedCore.get(window.thread) ?? null;
      const split = splitWindow(window, path, owner, off, scheduled);
      const offUs = off.inCausesUs + off.elsewhereUs;
      const unexplainedUs = scheduled ? 0 : Math.max(0, offUs - split[contention.preempted.id]);
      return { window, path, split, hasThreadTimes: off.isKnown, unexplainedUs };
    });
  };
  const known = (thread: number): WindowContext => contexts.get(thread)!;
  const [warmup = null] = found.warmup ? split([found.warmup], known) : [];
  const withoutTasks = (thread: number): WindowContext =>
    contexts.has(thread)
      ? { ...known(thread), ...withTasks(known(thread).owner, new Set()), turns: [], deviceTurns: [] }
      : contextOf(thread);
  const [setup = null] = found.setup ? split([found.setup], withoutTasks) : [];
  const timelines = new Map([...contexts].flatMap(([thread, context]) => (context.gpu ? [[thread, context.gpu] as const] : [])));
  const isGpuHidden = [...contexts.values()].some((context) => context.isGpuHidden);
  const windows = split(found.windows, known);
  const untimed = new Set([...timelines].flatMap(([thread, { isDeviceTimed }]) => (isDeviceTimed ? [] : [thread])));
  return { windows: windows.map(asUsual(windows, untimed)), warmup, setup, threads, pageTasks, gpu: timelines, isGpuHidden };
}

/**
 * Without times of the device, the time until it answers counts as computing. Inferences are the same work, so what one of them
 * waits longer than usual is not known to be computing.
 * @param untimed threads whose device tells no times
 */
function asUsual(windows: readonly SplitWindow[], untimed: ReadonlySet<number>): (one: SplitWindow) => SplitWindow {
  const usualUs = new Map(
    [...untimed].map((thread) => {
      const own = windows.filter(({ window }) => window.thread === thread);
      return [thread, own.length > 0 ? median(own.map(({ split }) => split[gpu.execute.id])) : 0] as const;
    }),
  );
  return (one) => {
    const beyondUs = one.split[gpu.execute.id] - (usualUs.get(one.window.thread) ?? Number.POSITIVE_INFINITY);
    if (!(beyondUs > 0)) return one;
    const split = {
      ...one.split,
      [gpu.execute.id]: one.split[gpu.execute.id] - beyondUs,
      unattributed: one.split.unattributed + beyondUs,
    };
    return { ...one, split };
  };
}

const withTasks = (owner: ThreadSpans, pageTasks: ReadonlySet<number>): Pick<WindowContext, 'pageTasks' | 'waitedFor'> => ({
  pageTasks,
  waitedFor: waits(owner, pageTasks),
});

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
    wasmCalls(get(wasmRealms)),
    get(wasmParts),
  ),
);

/** Windows that stand alike: the typical ones, or those that take markedly longer than they. */
const standing = (which: Standing) =>
  fact(`${which}Windows`, (get) => {
    const found = get(windowStandings);
    return get(split).windows.filter((_, i) => found[i] === which);
  });

export const typicalSplit = standing('typical');
export const longerSplit = standing('longer');
