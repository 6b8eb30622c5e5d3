import type { Activity } from './frameActivities.js';

/** What says nothing of what a thread does. */
const NOTHING: ReadonlySet<Activity> = new Set(['idle', 'unattributed']);
/** V8 takes several of its own one behind another, closer together than this part of the sampling interval. */
const CLOSE = 0.5;

/**
 * V8 takes samples of its own where a thread leaves its rest and where a task enters script, before any script runs. They name nothing, and
 * stand for nothing that comes behind them: it is the next sample's, in the same task.
 * https://chromium.googlesource.com/v8/v8/+/refs/heads/main/include/v8-profiler.h (CpuProfiler::CollectSample)
 * @param at times of a thread's samples, µs, sorted
 * @param placeOf the same for samples between which no task begins or ends
 * @returns whether what is behind a sample is the next one's
 */
export function openingSamples(
  at: Float64Array,
  activityOf: (i: number) => Activity,
  placeOf: (i: number) => number,
  intervalUs: number,
): (i: number) => boolean {
  const opens = (i: number): boolean => {
    for (let first = i; first > 0 && activityOf(first) === 'unattributed'; first--) {
      if (activityOf(first - 1) === 'idle' || placeOf(first - 1) !== placeOf(first)) return true;
      if (!(at[first]! - at[first - 1]! < CLOSE * intervalUs)) return false;
    }
    return false;
  };
  return (i) =>
    i + 1 < at.length &&
    activityOf(i) === 'unattributed' &&
    !NOTHING.has(activityOf(i + 1)) &&
    placeOf(i) === placeOf(i + 1) &&
    opens(i);
}
