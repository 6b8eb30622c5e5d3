import { clip, type Span, subtract } from '../activity/spans.js';
import { restingSpans, type ThreadSpans } from '../activity/threadSpans.js';
import type { Window } from '../activity/window.js';
import { type CauseId, causeIds, contention } from './causes/index.js';
import type { OffCpu, Runnable } from './offCpu.js';

/** Wall time of one window by cause, µs. Sums to the window's length. */
export type Split = Readonly<Record<CauseId, number>>;

/**
 * Sums the path by cause, and moves time off the CPU to `contention`. No sample shows that the owner was preempted: on the path,
 * that time belongs to the samples around it or to the slice that it fell in. It is taken from there in three steps:
 * 1. From each slice that is a cause by itself: the part off the CPU by its own thread time.
 * 2. From sampling gaps: the thread serves the sampler's signal only when it runs again.
 * 3. The rest from all other time awake, in proportion. Samplers that stop the thread from outside leave no gaps.
 *
 * Thread times alone say how much time it is. Sampling gaps only say where, as a sampler without a core causes them too.
 *
 * Where the scheduler shows that the owner slept instead of waiting for a core, it was not preempted. In a slice that is a cause,
 * such time stays with the slice, which waits for its helper threads. Elsewhere the owner waited for a lock, but only in sampling
 * gaps: where samples name a function, the function counts.
 * @param lackedCore fraction of the time off the CPU in which the owner waited for a core
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
  const sampled = sums(subtract(elsewhere, owner.silent));
  const awakeUs = total(awake);
  const silentUs = awakeUs - total(sampled);
  const takenUs = Math.min(lackedCore.elsewhere * off.elsewhereUs, awakeUs);
  const fromSilenceUs = Math.min(takenUs, silentUs);
  const lockedUs = Math.min((1 - lackedCore.elsewhere) * off.elsewhereUs, silentUs - fromSilenceUs);
  for (const id of causeIds) {
    if (silentUs > 0) split[id] -= ((awake[id] - sampled[id]) * (fromSilenceUs + lockedUs)) / silentUs;
    if (takenUs > fromSilenceUs) split[id] -= (sampled[id] * (takenUs - fromSilenceUs)) / (awakeUs - silentUs);
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
