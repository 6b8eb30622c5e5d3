import type { Activity } from '../activity/callStacks.js';
import { type GpuTimeline, whileGpuWorks } from '../activity/gpu/timeline.js';
import { clip, overlay, type Span, subtract, totalUs } from '../activity/spans.js';
import type { ThreadSpans } from '../activity/threadSpans.js';
import type { Window } from '../activity/window.js';
import { type CauseId, contention } from './causes/index.js';

/** The data that a window's critical path is found from. */
export interface WindowContext {
  readonly owner: ThreadSpans;
  /** The other sampled threads of the owner's process. */
  readonly others: readonly ThreadSpans[];
  /** Rows of slices that are tasks of the page but not of the run. */
  readonly pageTasks: ReadonlySet<number>;
  /** What the GPU process and the device do for the owner; null if it sends them nothing. */
  readonly gpu: GpuTimeline | null;
}

/** The critical path of a window: the cause of each moment of its wall time. Its spans leave no gap and do not overlap. */
export function criticalPath(
  { startUs, endUs }: Pick<Window, 'startUs' | 'endUs'>,
  { owner, others, pageTasks, gpu }: WindowContext,
): Span<CauseId>[] {
  const whole: Span<Activity>[] = [{ startUs, endUs, value: 'unattributed' }];
  const own = overlay(whole, clip(owner.activity, startUs, endUs));
  const page = clip(owner.tasks, startUs, endUs)
    .filter(({ value }) => pageTasks.has(value.row))
    .map((task) => ({ ...task, value: contention.page.id }));
  const blocked = whileBlocked(owner, gpu, startUs, endUs);
  return overlay<Activity>(own, page).flatMap((span) => {
    // Samples do not show what native code does, for example between two polls. If the GPU works meanwhile, the owner waits for
    // it.
    if (span.value === 'unattributed' && gpu)
      return overlay<CauseId>([{ ...span, value: span.value }], clip(gpu.spans, span.startUs, span.endUs));
    if (span.value !== 'idle') return [span as Span<CauseId>];
    const waiting = clip(blocked, span.startUs, span.endUs);
    const free = subtract([span], waiting).flatMap(
      (rest) => (gpu && whileGpuWorks(rest, gpu, null, { startUs, endUs })) ?? whileOthersWork(rest, others),
    );
    return [...free, ...waiting].sort((a, b) => a.startUs - b.startUs);
  });
}

/** Causes of the time in which the owner is blocked in calls of a GPU API. A wait stays whole if the owner works within it. */
function whileBlocked({ waits }: ThreadSpans, gpu: GpuTimeline | null, startUs: number, endUs: number): Span<CauseId>[] {
  return waits
    .filter((wait) => wait.startUs < endUs && wait.endUs > startUs)
    .flatMap((wait) => (gpu && whileGpuWorks(wait, gpu, wait.value)) ?? [wait]);
}

/** The owner has no task, so it waits for a message. The path continues on the other thread that works most in that time. */
function whileOthersWork({ startUs, endUs }: Span<unknown>, others: readonly ThreadSpans[]): Span<CauseId>[] {
  let best: Span<CauseId>[] = [];
  let bestUs = 0;
  for (const { activity } of others) {
    const known = clip(activity, startUs, endUs).filter(
      (span): span is Span<CauseId> => span.value !== 'idle' && span.value !== 'unattributed',
    );
    // The owner does not wait for a pool thread that sleeps or spins until there is work.
    const us = totalUs(known.filter(({ value }) => value !== contention.workers.id && value !== contention.spin.id));
    if (us > bestUs) [best, bestUs] = [known, us];
  }
  return overlay<CauseId>([{ startUs, endUs, value: 'unattributed' }], best);
}
