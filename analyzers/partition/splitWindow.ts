import { clip, type Span, subtract } from '../activity/spans.js';
import { restingSpans, type ThreadSpans } from '../activity/threadSpans.js';
import type { Window } from '../activity/window.js';
import { type Cause, type CauseId, causeIds, causes, contention, wait } from './causes/index.js';
import type { OffCpu, Runnable } from './offCpu.js';

/** Wall time of one window by cause, µs. Sums to the window's length. */
export type Split = Readonly<Record<CauseId, number>>;

/**
 * Sums the path by cause, and moves time off the CPU to `contention`. No sample shows that the owner was preempted: on the path,
 * that time belongs to the samples around it or to the slice that it fell in.
 *
 * With the scheduler's figures it is known how much of it was run-queue wait. That is taken from there in three steps:
 * 1. From each slice that is a cause by itself: the part off the CPU by its own thread time.
 * 2. From sampling gaps: the thread serves the sampler's signal only when it runs again.
 * 3. The rest from all other time awake, in proportion. Samplers that stop the thread from outside leave no gaps.
 * In the rest of the time off the CPU the owner slept. In a slice that is a cause, such time stays with the slice, which waits for
 * its helper threads. Elsewhere the owner waited for a lock in sampling gaps, and where JavaScript was sampled it was in a call that
 * blocks, as far as code that nobody knows does not account for it.
 *
 * Without these figures a thread off the CPU may as well sleep in a call that blocks. It was preempted in sampling gaps, as a
 * sleeping thread still serves the signal, and in code that cannot block, as far as the time off the CPU exceeds what else was
 * sampled. What is left of it in JavaScript is unattributed.
 * @param lackedCore fraction of the time off the CPU in which the owner waited for a core; null without the scheduler's figures
 */
export function splitWindow(
  window: Window,
  path: readonly Span<CauseId>[],
  owner: ThreadSpans,
  off: OffCpu,
  lackedCore: Runnable | null,
): Split {
  const split = sums(path);
  if (off.inCausesUs + off.elsewhereUs === 0) return split;

  const inCauses = lackedCore?.inCauses ?? 0;
  for (const id of causeIds) split[id] -= inCauses * (off.inCauses[id] ?? 0);
  const slices = clip(owner.causes, window.startUs, window.endUs);
  const elsewhere = subtract(subtract(path, restingSpans(owner, window.startUs, window.endUs)), slices);
  const awake = sums(elsewhere);
  const sampled = sums(subtract(elsewhere, owner.silent));
  const silentUs = total(awake) - total(sampled);
  const runnableUs = (lackedCore?.elsewhere ?? 1) * off.elsewhereUs;
  const fromSilenceUs = Math.min(runnableUs, silentUs);
  const lockedUs = Math.min(off.elsewhereUs - runnableUs, silentUs - fromSilenceUs);
  const executing = onlyOf(sampled, ({ cannotBlock }) => cannotBlock);
  const calling = onlyOf(sampled, ({ mayBlock }) => mayBlock);
  const unknownUs = total(sampled) - total(executing) - total(calling);
  const giving = lackedCore ? sampled : executing;
  const givingUs = total(giving);
  const mayBlockUs = lackedCore ? 0 : unknownUs + total(calling);
  const fromSampledUs = Math.min(Math.max(0, runnableUs - fromSilenceUs - mayBlockUs), givingUs);
  const taken = givingUs > 0 ? fromSampledUs / givingUs : 0;
  const callingUs = total(calling) * (lackedCore ? 1 - taken : 1);
  const sleptUs = off.elsewhereUs - fromSilenceUs - lockedUs - fromSampledUs;
  const inCallsUs = Math.min(Math.max(0, lackedCore ? sleptUs - unknownUs : sleptUs), callingUs);
  for (const id of causeIds) {
    if (silentUs > 0) split[id] -= ((awake[id] - sampled[id]) * (fromSilenceUs + lockedUs)) / silentUs;
    split[id] -= giving[id] * taken;
    if (callingUs > 0) split[id] -= (calling[id] * inCallsUs) / total(calling);
    split[id] = Math.max(0, split[id]);
  }
  split[contention.preempted.id] += inCauses * off.inCausesUs + fromSilenceUs + fromSampledUs;
  split[contention.lock.id] += lockedUs;
  split[lackedCore ? wait.blocked.id : 'unattributed'] += inCallsUs;
  return split;
}

function onlyOf(split: Split, isWanted: (cause: Cause) => boolean | undefined): Split {
  const part = sums([]);
  for (const id of causeIds) if (isWanted(causes[id])) part[id] = split[id];
  return part;
}

function sums(path: readonly Span<CauseId>[]): Record<CauseId, number> {
  const split = Object.fromEntries(causeIds.map((id) => [id, 0])) as Record<CauseId, number>;
  for (const { startUs, endUs, value } of path) split[value] += endUs - startUs;
  return split;
}

const total = (split: Split): number => causeIds.reduce((sum, id) => sum + split[id], 0);
