import { clip, type Span, subtract, totalUs } from './spans.js';
import type { ThreadSpans } from './threadSpans.js';
import type { Window } from './windows.js';

/**
 * Time of a window in which its owner could have run and did not, µs: the time that it was off the CPU, without that in which it had
 * no task or slept on purpose. By the marks at the window's edges; without them by the tasks in it, each in proportion where the
 * window cuts it, and then of the time of the tasks only. NaN where the trace has thread times of neither.
 *
 * A thread that waits for a lock inside the browser is off the CPU too; only the kernel's figures tell it from one that was preempted, see
 * `runnable`.
 */
export function preemptedUs({ startUs, endUs, offCpuUs }: Window, owner: ThreadSpans): number {
  const resting = restingSpans(owner, startUs, endUs);
  if (!Number.isNaN(offCpuUs)) return Math.max(0, offCpuUs - totalUs(resting));
  const tasks = clip(owner.tasks, startUs, endUs).filter(({ value }) => !Number.isNaN(value.cpuUs));
  if (tasks.length === 0) return Number.NaN;
  const runningUs = tasks.reduce(
    (sum, task) => sum + (task.value.cpuUs * (task.endUs - task.startUs)) / task.value.durationUs,
    0,
  );
  const restingInTasksUs = totalUs(resting) - totalUs(subtract(resting, tasks));
  return Math.max(0, totalUs(tasks) - runningUs - restingInTasksUs);
}

/** When the thread had no task, or slept in a Wasm function that waits: what is no fault of the scheduler. */
export function restingSpans({ activity }: ThreadSpans, startUs: number, endUs: number): Span<unknown>[] {
  return clip(activity, startUs, endUs).filter(({ value }) => value === 'idle' || value === 'contention.workers');
}
