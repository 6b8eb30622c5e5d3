import type { ScheduledThread } from '../activity/scheduling.js';
import { clip, type Span, subtract, totalUs } from '../activity/spans.js';
import { restingSpans, type ThreadSpans } from '../activity/threadSpans.js';
import type { Window } from '../activity/window.js';
import { type CauseId, causeIds } from './causes/index.js';

/** Time of a window in which its owner was off the CPU, µs. Time without a task and sleep in Wasm that waits are not counted. */
export interface OffCpu {
  /** False if the time off the CPU is not known. */
  readonly isKnown: boolean;
  /** The part in slices that are a cause by themselves, by cause, µs. */
  readonly inCauses: Readonly<Partial<Record<CauseId, number>>>;
  readonly inCausesUs: number;
  /** The rest, in which the owner was executing by its samples. */
  readonly elsewhereUs: number;
}

/**
 * Finds where in a window its owner was off the CPU. Each slice that is a cause by itself gets its wall time minus its thread
 * time. The rest is elsewhere. Over many short slices clock errors cancel out, so only the sum by cause is kept from being
 * negative.
 */
export function offCpu(window: Window, path: readonly Span<CauseId>[], owner: ThreadSpans): OffCpu {
  const known = preemptedUs(window, owner);
  const isKnown = !Number.isNaN(known);
  if (!(known > 0)) return { isKnown, inCauses: {}, inCausesUs: 0, elsewhereUs: 0 };
  const inside: Partial<Record<CauseId, number>> = {};
  const lacking: Partial<Record<CauseId, number>> = {};
  for (const { startUs, endUs, value: share } of clip(owner.causes, window.startUs, window.endUs)) {
    for (const part of clip(path, startUs, endUs)) {
      const us = part.endUs - part.startUs;
      inside[part.value] = (inside[part.value] ?? 0) + us;
      lacking[part.value] = (lacking[part.value] ?? 0) + share * us;
    }
  }
  let lackingUs = 0;
  for (const id of causeIds) {
    if (lacking[id] === undefined) continue;
    lacking[id] = Math.min(Math.max(0, lacking[id]), inside[id]!);
    lackingUs += lacking[id];
  }
  const inCausesUs = Math.min(known, lackingUs);
  for (const id of causeIds) if (lacking[id] !== undefined && lackingUs > 0) lacking[id] *= inCausesUs / lackingUs;
  return { isKnown, inCauses: lacking, inCausesUs, elsewhereUs: known - inCausesUs };
}

/**
 * Time of a window in which its owner could have run but did not, µs. It is the time off the CPU, without the time in which the
 * owner had no task or slept in Wasm that waits. It comes from the marks at the window's edges. Without them it comes from the
 * tasks in the window, for their time only; a task that reaches beyond the window counts in proportion. NaN if the trace has
 * thread times of neither.
 *
 * A thread that waits for a lock inside the browser is off the CPU too. Only scheduling tells it from a preempted one: see
 * `runnable`.
 */
function preemptedUs({ startUs, endUs, offCpuUs }: Window, owner: ThreadSpans): number {
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

/** Fractions of the time off the CPU in which the thread was runnable. In the rest it was blocked. */
export interface Runnable {
  readonly inCauses: number;
  readonly elsewhere: number;
}

/**
 * Fractions of the time off the CPU in which the owner was runnable, by its run-queue wait over all windows together. Time off
 * the CPU beyond the run-queue wait was blocked. It belongs first to slices that are a cause: V8 blocks a thread there until its
 * helper threads are done, as in a garbage collection or a compilation.
 * @returns null without scheduling
 */
export function runnable(
  windows: readonly { readonly window: Window; readonly off: OffCpu }[],
  owner: ScheduledThread | undefined,
): Runnable | null {
  if (!owner) return null;
  const inCausesUs = windows.reduce((sum, { off }) => sum + off.inCausesUs, 0);
  const elsewhereUs = windows.reduce((sum, { off }) => sum + off.elsewhereUs, 0);
  const { waitedUs } = owner.during(windows.map(({ window }) => window));
  const blockedUs = Math.max(0, inCausesUs + elsewhereUs - waitedUs);
  const blockedInCausesUs = Math.min(blockedUs, inCausesUs);
  return {
    inCauses: inCausesUs > 0 ? 1 - blockedInCausesUs / inCausesUs : 1,
    elsewhere: elsewhereUs > 0 ? 1 - (blockedUs - blockedInCausesUs) / elsewhereUs : 1,
  };
}
