import { clip, type Span, subtract } from '../activity/spans.js';
import { restingSpans, type ThreadSpans } from '../activity/threadSpans.js';
import type { Window } from '../activity/window.js';
import { type CauseId, causeIds, contention } from './causes/index.js';
import type { OffCpu, Runnable } from './offCpu.js';

/** Wall time of one window by cause, µs. Sums to the window's length. */
export type Split = Readonly<Record<CauseId, number>>;

/**
 * Sums the path by cause. Time in which the owner was preempted shows in no sample, so the samples around it have it, or the slice
 * that it fell in. It is taken from what they stand for: from each slice that is a cause what its own thread time lacks; of the rest,
 * first where the thread was silent, that is, not sampled when it was due, for the sampler's signal is served when the thread runs
 * again; what is left then (samplers that stop the thread from outside leave no silence) from all that ran, in equal parts. How much
 * it is comes from thread times only: silence, which a sampler that lacks a core itself makes too, says where, not how much.
 *
 * Where the kernel says that it did not wait for a core but slept, it is not preempted: in a slice that is a cause that stays with the slice, whose
 * helpers it waits for. Elsewhere it waits for a lock, as far as it was silent: where samples name a function, that is what counts.
 * @param lackedCore how much of the time off the CPU was waiting for a core
 */
export function splitWindow(
  window: Window,
  path: readonly Span<CauseId>[],
  owner: ThreadSpans,
  off: OffCpu,
  lackedCore: Runnable,
): Split {
  const split = sums(path);
  if (off.inCausesUs + off.elsewhereUs === 0) return split;

  for (const id of causeIds) split[id] -= lackedCore.inCauses * (off.inCauses[id] ?? 0);
  const causes = clip(owner.causes, window.startUs, window.endUs);
  const elsewhere = subtract(subtract(path, restingSpans(owner, window.startUs, window.endUs)), causes);
  const awake = sums(elsewhere);
  const heard = sums(subtract(elsewhere, owner.silent));
  const awakeUs = total(awake);
  const silentUs = awakeUs - total(heard);
  const takenUs = Math.min(lackedCore.elsewhere * off.elsewhereUs, awakeUs);
  const fromSilenceUs = Math.min(takenUs, silentUs);
  const lockedUs = Math.min((1 - lackedCore.elsewhere) * off.elsewhereUs, silentUs - fromSilenceUs);
  for (const id of causeIds) {
    if (silentUs > 0) split[id] -= ((awake[id] - heard[id]) * (fromSilenceUs + lockedUs)) / silentUs;
    if (takenUs > fromSilenceUs) split[id] -= (heard[id] * (takenUs - fromSilenceUs)) / (awakeUs - silentUs);
    split[id] = Math.max(0, split[id]);
  }
  split[contention.preempted.id] += lackedCore.inCauses * off.inCausesUs + takenUs;
  split[contention.lock.id] += lockedUs;
  return split;
}

function sums(path: readonly Span<CauseId>[]): Record<CauseId, number> {
  const split = Object.fromEntries(causeIds.map((id) => [id, 0])) as Record<CauseId, number>;
  for (const { startUs, endUs, value } of path) split[value] += endUs - startUs;
  return split;
}

const total = (split: Split): number => causeIds.reduce((sum, id) => sum + split[id], 0);
