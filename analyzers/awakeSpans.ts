import type { Trace } from '../src/trace/trace.js';
import type { Activity } from './frameActivities.js';
import { restingSpans } from './preempted.js';
import { type Span, subtract, union } from './spans.js';
import { threadSpans } from './threadSpans.js';

/**
 * When a thread had something to do in some stretches of time: a task, or what samples name, and did not sleep on purpose.
 * Empty where the trace tells nothing of it.
 * @param stretches sorted, free of overlap
 * @param sampledEveryUs see threadSpans
 */
export function awakeSpans(
  trace: Trace,
  thread: number,
  activities: readonly Activity[],
  stretches: readonly Span<unknown>[],
  sampledEveryUs: number | null,
): Span<null>[] {
  const spans = threadSpans(trace, thread, activities, stretches, sampledEveryUs);
  const resting = restingSpans(spans, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  return subtract(union([...spans.tasks, ...spans.activity]), resting);
}
