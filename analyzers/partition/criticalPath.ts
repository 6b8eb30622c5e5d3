import type { Activity } from '../activity/callStacks.js';
import { type GpuTimeline, isForOwner, whileGpuWorks } from '../activity/gpu/timeline.js';
import { clip, firstEndingAfter, overlay, type Span, subtract, totalUs } from '../activity/spans.js';
import type { ThreadSpans } from '../activity/threadSpans.js';
import type { Window } from '../activity/window.js';
import { type CauseId, causes, contention, familyOf, gpu, wait } from './causes/index.js';
import type { AsyncWait } from './causes/rules.js';
import type { Turn } from './turns.js';

/** The data that a window's critical path is found from. */
export interface WindowContext {
  readonly owner: ThreadSpans;
  /** The other sampled threads of the owner's process. */
  readonly others: readonly ThreadSpans[];
  /** Rows of slices that are tasks of the page but not of the run. */
  readonly pageTasks: ReadonlySet<number>;
  /** Whose turn it is on the owner and on the device where windows overlap. Sorted without overlap; empty where none do. */
  readonly turns: readonly Span<Turn>[];
  readonly deviceTurns: readonly Span<unknown>[];
  /** What the owner, which has no task at a moment, waits for, if that comes before another moment. Null if nothing shows it. */
  readonly waitedFor: (atUs: number, untilUs: number) => AsyncWait | null;
  /** What the GPU process and the device do for the owner; null if nothing shows that it sends them anything. */
  readonly gpu: GpuTimeline | null;
  /** Whether the owner uses the GPU and the trace does not show how. Then it is not known what it waits for. */
  readonly isGpuHidden: boolean;
}

/** The critical path of a window: the cause of each moment of its wall time. Its spans leave no gap and do not overlap. */
export function criticalPath(
  window: Pick<Window, 'startUs' | 'endUs'>,
  { owner, others, pageTasks, turns, deviceTurns, waitedFor, gpu: timeline, isGpuHidden }: WindowContext,
): Span<CauseId>[] {
  const { startUs, endUs } = window;
  const whole: Span<Activity>[] = [{ startUs, endUs, value: 'unattributed' }];
  const own = overlay(whole, clip(owner.activity, startUs, endUs));
  const page = clip(owner.tasks, startUs, endUs)
    .filter(({ value }) => pageTasks.has(value.row))
    .map((task) => ({ ...task, value: contention.page.id }));
  const blocked = whileBlocked(owner, timeline, startUs, endUs);
  const path = overlay<Activity>(own, page).flatMap((span) => {
    // Samples do not show what native code does, for example between two polls. If the GPU works meanwhile, the owner waits for
    // it. Without samples a task may as well compute meanwhile.
    if (span.value === 'unattributed' && timeline && owner.isSampled)
      return overlay<CauseId>(
        [{ ...span, value: span.value }],
        clip(timeline.spans, span.startUs, span.endUs).filter(isForOwner),
      );
    if (span.value !== 'idle') return [span as Span<CauseId>];
    const waiting = clip(blocked, span.startUs, span.endUs);
    const free = subtract([span], waiting).flatMap(
      (rest) =>
        (timeline && whileGpuWorks(rest, timeline, null, { startUs, endUs })) ??
        (isGpuHidden ? [{ ...rest, value: 'unattributed' } as const] : whileWaiting(rest, waitedFor(rest.endUs, endUs), others)),
    );
    return [...free, ...waiting].sort((a, b) => a.startUs - b.startUs);
  });
  if (turns.length === 0) return path;
  const resting = overlay<unknown>(
    own.filter(({ value }) => value === 'idle'),
    page,
  );
  const turned = overlay(path, othersTurns(clip(turns, startUs, endUs), window, resting));
  const device = clip(deviceTurns, startUs, endUs).filter(({ value }) => value !== window);
  const behind = device.map((span): Span<CauseId> => ({ ...span, value: contention.page.id }));
  return turned.flatMap((span) =>
    span.value === gpu.execute.id ? overlay([span], clip(behind, span.startUs, span.endUs)) : [span],
  );
}

/**
 * A window waits while the thread works for another one. If nothing tells for which, what it does is not known to be the window's.
 * @param resting when the thread has nothing to do, or works for the page
 */
function othersTurns(
  turns: readonly Span<Turn>[],
  window: Pick<Window, 'startUs' | 'endUs'>,
  resting: readonly Span<unknown>[],
): Span<CauseId>[] {
  const others = turns.filter(({ value }) => value.of !== window);
  const inTasks = others.filter(({ value }) => value.inTask);
  const between = subtract(
    others.filter(({ value }) => !value.inTask),
    resting,
  );
  return overlay(between, inTasks).map(({ startUs, endUs, value }) => ({
    startUs,
    endUs,
    value: value.of === null ? 'unattributed' : contention.page.id,
  }));
}

/**
 * Causes of the time in which the owner is blocked in calls of a GPU API. A wait stays whole if the owner works within it. What it
 * waits for is not known if the trace does not show the GPU process.
 */
function whileBlocked({ waits }: ThreadSpans, gpu: GpuTimeline | null, startUs: number, endUs: number): Span<CauseId>[] {
  return waits
    .filter((wait) => wait.startUs < endUs && wait.endUs > startUs)
    .flatMap((wait) => (gpu && whileGpuWorks(wait, gpu, wait.value)) ?? [{ ...wait, value: 'unattributed' }]);
}

/**
 * Returns what a thread without a task waits for at a moment, by the next task that tells and begins before another moment.
 * @param pageTasks tasks that are not of the run, and tell nothing
 */
export function waits({ tasks, endedBy }: ThreadSpans, pageTasks: ReadonlySet<number>): WindowContext['waitedFor'] {
  /** Per task: its own number, or that of the next task that tells. It is made when it is first asked for. */
  let next: Int32Array | null = null;
  const ends: (AsyncWait | null)[] = [];
  const lookAhead = (): Int32Array => {
    const found = new Int32Array(tasks.length + 1).fill(tasks.length);
    for (let i = tasks.length - 1; i >= 0; i--) {
      ends[i] = pageTasks.has(tasks[i]!.value.row) ? null : endedBy(tasks[i]!);
      found[i] = ends[i] === null ? found[i + 1]! : i;
    }
    return found;
  };
  return (atUs, untilUs) => {
    next ??= lookAhead();
    const i = next[firstEndingAfter(tasks, atUs)]!;
    return i < tasks.length && tasks[i]!.startUs < untilUs ? ends[i]! : null;
  };
}

/**
 * The owner has no task. What other threads do meanwhile is not what it waits for if a timer or the network ends the wait. Else it
 * waits for a message, and the path continues on the other thread that works most in that time.
 */
function whileWaiting(
  { startUs, endUs }: Span<unknown>,
  ends: AsyncWait | null,
  others: readonly ThreadSpans[],
): Span<CauseId>[] {
  if (ends !== null && ends !== wait.message.id) return [{ startUs, endUs, value: ends }];
  let best: Span<CauseId>[] = [];
  let bestUs = 0;
  for (const { activity, tasks } of others) {
    const known = clip(activity, startUs, endUs).filter(
      (span): span is Span<CauseId> => isWork(span.value) && !(causes[span.value].mayBlock && sleeps(tasks, span.startUs)),
    );
    // The owner does not wait for a pool thread that sleeps or spins until there is work.
    const us = totalUs(known.filter(({ value }) => value !== contention.workers.id && value !== contention.spin.id));
    if (us > bestUs) [best, bestUs] = [known, us];
  }
  return overlay<CauseId>([{ startUs, endUs, value: ends ?? 'unattributed' }], best);
}

const isWork = (value: Activity): value is CauseId => value !== 'idle' && value !== 'unattributed' && familyOf(value) !== 'wait';

/** Whether a thread is in a task that, as far as its thread time tells, mostly sleeps: a sample shows the call that it sleeps in. */
function sleeps(tasks: ThreadSpans['tasks'], atUs: number): boolean {
  const task = tasks[firstEndingAfter(tasks, atUs)];
  return task !== undefined && task.startUs <= atUs && !(task.value.cpuUs >= task.value.durationUs / 2);
}
