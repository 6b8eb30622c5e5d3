import type { CauseId } from './causes.js';
import type { Activity } from './frameActivities.js';
import { clip, overlay, type Span, totalUs } from './spans.js';
import type { ThreadSpans } from './threadSpans.js';
import type { Window } from './windows.js';

/** What the path through a window is found from. */
export interface WindowContext {
  readonly owner: ThreadSpans;
  /** The other sampled threads of the owner's process. */
  readonly others: readonly ThreadSpans[];
  /** Rows of slices that are tasks of the page and not of the run. */
  readonly pageTasks: ReadonlySet<number>;
}

/** What the window's wall time went to, on its critical path: spans that cover the window without gap or overlap. */
export function criticalPath(
  { startUs, endUs }: Pick<Window, 'startUs' | 'endUs'>,
  { owner, others, pageTasks }: WindowContext,
): Span<CauseId>[] {
  const whole: Span<Activity>[] = [{ startUs, endUs, value: 'unattributed' }];
  const own = overlay(whole, clip(owner.activity, startUs, endUs));
  const page = clip(owner.tasks, startUs, endUs)
    .filter(({ value }) => pageTasks.has(value.row))
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
    const known = clip(activity, startUs, endUs).filter(
      (span): span is Span<CauseId> => span.value !== 'idle' && span.value !== 'unattributed',
    );
    // A thread of a pool that sleeps or spins until there is work is not the one that is waited for.
    const us = totalUs(known.filter(({ value }) => value !== 'contention.workers' && value !== 'contention.spin'));
    if (us > bestUs) [best, bestUs] = [known, us];
  }
  return overlay<CauseId>([{ startUs, endUs, value: 'unattributed' }], best);
}
