import type { PhaseMs } from './analysis.js';
import { clip, type Span, totalUs, union } from './spans.js';
import type { FoundWindows } from './windows.js';

/**
 * Splits the length of spans by the phase of the run that they lie in, ms. The spans are sorted and free of overlap; spans of
 * several threads are split thread by thread and added.
 */
export type PhaseTimes = (spans: readonly Span<unknown>[]) => PhaseMs;

export function phaseTimes({ setup, warmup, windows }: FoundWindows): PhaseTimes {
  const inWindows = union(windows);
  const within = (spans: readonly Span<unknown>[], stretches: readonly { startUs: number; endUs: number }[]): number =>
    stretches.reduce((sum, { startUs, endUs }) => sum + totalUs(clip(spans, startUs, endUs)), 0) / 1000;
  return (spans) => {
    const setupMs = setup && within(spans, [setup]);
    const warmupMs = warmup && within(spans, [warmup]);
    const predictionsMs = within(spans, inWindows);
    const outsideMs = Math.max(0, totalUs(spans) / 1000 - (setupMs ?? 0) - (warmupMs ?? 0) - predictionsMs);
    return { setupMs, warmupMs, predictionsMs, outsideMs };
  };
}
