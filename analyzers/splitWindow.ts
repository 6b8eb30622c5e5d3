import { type CauseId, causeIds } from './causes.js';
import type { Activity } from './frameCause.js';
import { clip, overlay, type Span } from './spans.js';
import type { ThreadSpans } from './threadSpans.js';
import type { Window } from './windows.js';

/** Wall time of one window by cause, µs. Sums to the window's length. */
export type Split = Readonly<Record<CauseId, number>>;

export interface WindowContext {
  readonly owner: ThreadSpans;
  /** The other sampled threads of the owner's process. */
  readonly others: readonly ThreadSpans[];
  /** Rows of slices that are tasks of the page and not of the run. */
  readonly pageTasks: ReadonlySet<number>;
}

/** What the window's wall time went to, on its critical path: µs spans that cover the window without gap or overlap. */
export function criticalPath(window: Window, { owner, others, pageTasks }: WindowContext): Span<CauseId>[] {
  const { startUs, endUs } = window;
  const whole: Span<Activity>[] = [{ startUs, endUs, value: 'unattributed' }];
  const own = overlay(whole, clip(owner.activity, startUs, endUs));
  const page = clip(owner.tasks, startUs, endUs)
    .filter(({ value }) => pageTasks.has(value))
    .map((task) => ({ ...task, value: 'contention.page' as const }));
  return overlay<Activity>(own, page).flatMap((span) =>
    span.value === 'idle' ? whileIdle(span, others) : [span as Span<CauseId>],
  );
}

/** The owner has no task, so it waits for a message: the path goes on through the other thread that works most meanwhile. */
function whileIdle({ startUs, endUs }: Span<Activity>, others: readonly ThreadSpans[]): Span<CauseId>[] {
  let best: Span<CauseId>[] = [];
  let bestUs = 0;
  for (const { activity } of others) {
    const working = clip(activity, startUs, endUs).filter(
      (span): span is Span<CauseId> => span.value !== 'idle' && span.value !== 'unattributed',
    );
    const us = working.reduce((sum, span) => sum + span.endUs - span.startUs, 0);
    if (us > bestUs) [best, bestUs] = [working, us];
  }
  return overlay<CauseId>([{ startUs, endUs, value: 'unattributed' }], best);
}

/**
 * Sums the path by cause. The time in which the owner was runnable but had no core shows nowhere in samples: it is what is left
 * of the wall time after its CPU time and the time that it slept or idled, and is taken from all that ran in equal parts.
 */
export function splitWindow(window: Window, path: readonly Span<CauseId>[], owner: ThreadSpans): Split {
  const split = Object.fromEntries(causeIds.map((id) => [id, 0])) as Record<CauseId, number>;
  for (const { startUs, endUs, value } of path) split[value] += endUs - startUs;
  if (Number.isNaN(window.cpuUs)) return split;

  const idleUs = clip(owner.activity, window.startUs, window.endUs)
    .filter(({ value }) => value === 'idle')
    .reduce((sum, { startUs, endUs }) => sum + endUs - startUs, 0);
  const awakeUs = window.endUs - window.startUs - split['contention.workers'];
  const runningUs = awakeUs - idleUs;
  const preemptedUs = Math.min(runningUs, Math.max(0, runningUs - window.cpuUs));
  if (!(preemptedUs > 0)) return split;
  for (const id of causeIds) if (id !== 'contention.workers') split[id] *= 1 - preemptedUs / awakeUs;
  split['contention.preempted'] = preemptedUs;
  return split;
}
