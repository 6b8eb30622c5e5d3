import type { Activity } from '../activity/callStacks.js';
import { type GpuTimeline, whileGpuWorks } from '../activity/gpu/timeline.js';
import { clip, overlay, type Span, subtract, totalUs } from '../activity/spans.js';
import type { ThreadSpans } from '../activity/threadSpans.js';
import type { Window } from '../activity/window.js';
import { type CauseId, contention } from './causes/index.js';

/** What the path through a window is found from. */
export interface WindowContext {
  readonly owner: ThreadSpans;
  /** The other sampled threads of the owner's process. */
  readonly others: readonly ThreadSpans[];
  /** Rows of slices that are tasks of the page and not of the run. */
  readonly pageTasks: ReadonlySet<number>;
  /** What the GPU process and the device do for the owner; null where it hands them nothing. */
  readonly gpu: GpuTimeline | null;
}

/** What the window's wall time went to, on its critical path: spans that cover the window without gap or overlap. */
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
    // Native code that samples tell nothing of, as between two polls: while the GPU works for the page, that is what it waits for.
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

/** The owner is blocked in calls of the GPU's API. What it does in one of them cuts the wait, which still is one. */
function whileBlocked({ waits }: ThreadSpans, gpu: GpuTimeline | null, startUs: number, endUs: number): Span<CauseId>[] {
  return waits
    .filter((wait) => wait.startUs < endUs && wait.endUs > startUs)
    .flatMap((wait) => (gpu && whileGpuWorks(wait, gpu, wait.value)) ?? [wait]);
}

/** The owner has no task, so it waits for a message: the path goes on through the other thread that works most meanwhile. */
function whileOthersWork({ startUs, endUs }: Span<unknown>, others: readonly ThreadSpans[]): Span<CauseId>[] {
  let best: Span<CauseId>[] = [];
  let bestUs = 0;
  for (const { activity } of others) {
    const known = clip(activity, startUs, endUs).filter(
      (span): span is Span<CauseId> => span.value !== 'idle' && span.value !== 'unattributed',
    );
    // A thread of a pool that sleeps or spins until there is work is not the one that is waited for.
    const us = totalUs(known.filter(({ value }) => value !== contention.workers.id && value !== contention.spin.id));
    if (us > bestUs) [best, bestUs] = [known, us];
  }
  return overlay<CauseId>([{ startUs, endUs, value: 'unattributed' }], best);
}
