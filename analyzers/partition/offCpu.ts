import type { ScheduledThread } from '../activity/scheduling.js';
import { clip, type Span, subtract, totalUs } from '../activity/spans.js';
import { restingSpans, type ThreadSpans } from '../activity/threadSpans.js';
import type { Window } from '../activity/window.js';
import { type CauseId, causeIds } from './causes/index.js';

/** Time of a window in which its owner was off the CPU and neither without a task nor asleep on purpose, µs. */
export interface OffCpu {
  /** False where nothing tells how long the owner was off the CPU. */
  readonly isKnown: boolean;
  /** Of that, in slices that are a cause by themselves, by cause. */
  readonly inCauses: Readonly<Partial<Record<CauseId, number>>>;
  readonly inCausesUs: number;
  /** The rest: while it was executing, as far as samples tell. */
  readonly elsewhereUs: number;
}

/**
 * Where in a window its owner was off the CPU: first in each slice that is a cause what its own thread time lacks, the rest elsewhere.
 * Of many short slices the errors of the clocks cancel out, so only the sum by cause is kept from being negative.
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
 * Time of a window in which its owner could have run and did not, µs: the time that it was off the CPU, without that in which it had
 * no task or slept on purpose. By the marks at the window's edges; without them by the tasks in it, each in proportion where the
 * window cuts it, and then of the time of the tasks only. NaN where the trace has thread times of neither.
 *
 * A thread that waits for a lock inside the browser is off the CPU too; only the kernel's figures tell it from one that was preempted, see
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

/** Of the time off the CPU, the fraction in which a core was what lacked. In the rest the thread slept, though not on purpose. */
export interface Runnable {
  readonly inCauses: number;
  readonly elsewhere: number;
}

/** Where nothing but thread times is known, all of it counts. */
export const ALL_RUNNABLE: Runnable = { inCauses: 1, elsewhere: 1 };

/**
 * How much of the time off the CPU the owner waited for a core, by the kernel's word, which holds for all windows together. A thread
 * that V8 holds until its helpers are done (a garbage collection, a compilation) is off the CPU, too, and nobody has taken its core:
 * what exceeds the kernel's figure belongs to such slices first.
 */
export function runnable(
  windows: readonly { readonly window: Window; readonly off: OffCpu }[],
  owner: ScheduledThread | undefined,
): Runnable {
  if (!owner) return ALL_RUNNABLE;
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
