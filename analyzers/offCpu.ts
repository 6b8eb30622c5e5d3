import { type CauseId, causeIds } from './causes.js';
import { preemptedUs } from './preempted.js';
import { clip, type Span } from './spans.js';
import type { ThreadSpans } from './threadSpans.js';
import type { Window } from './windows.js';

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
