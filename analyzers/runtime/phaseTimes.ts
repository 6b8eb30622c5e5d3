import { type Span, union } from '../activity/spans.js';
import type { FoundWindows } from '../activity/window.js';

/**
 * A time by phase of the run. Predictions: all windows together. Phases without a mark are null, and their time is in
 * `outsideMs`.
 */
export interface PhaseMs {
  readonly setupMs: number | null;
  readonly warmupMs: number | null;
  readonly predictionsMs: number;
  readonly outsideMs: number;
}

type Phase = Exclude<keyof PhaseMs, 'outsideMs'>;

/**
 * Sums the length of spans (ms) by their value and by the phase of the run that they lie in. The spans are of one thread, sorted
 * and free of overlap. They are not copied, since there may be one for each compiled function.
 */
export type PhaseTimes = <T>(spans: readonly Span<T>[]) => Map<T, PhaseMs>;

export function phaseTimes({ setup, warmup, windows }: FoundWindows): PhaseTimes {
  const phases: { readonly phase: Phase; readonly stretches: readonly Span<unknown>[] }[] = [
    { phase: 'setupMs', stretches: union(setup ? [setup] : []) },
    { phase: 'warmupMs', stretches: union(warmup ? [warmup] : []) },
    { phase: 'predictionsMs', stretches: union(windows) },
  ];
  return (spans) => {
    const times = new Map<(typeof spans)[number]['value'], { -readonly [K in keyof PhaseMs]: PhaseMs[K] }>();
    for (const { startUs, endUs, value } of spans) {
      let own = times.get(value);
      if (!own) {
        own = { setupMs: setup && 0, warmupMs: warmup && 0, predictionsMs: 0, outsideMs: 0 };
        times.set(value, own);
      }
      own.outsideMs += (endUs - startUs) / 1000;
    }
    for (const { phase, stretches } of phases) {
      let first = 0;
      for (const { startUs, endUs, value } of spans) {
        while (first < stretches.length && stretches[first]!.endUs <= startUs) first++;
        for (let i = first; i < stretches.length && stretches[i]!.startUs < endUs; i++) {
          const ms = (Math.min(endUs, stretches[i]!.endUs) - Math.max(startUs, stretches[i]!.startUs)) / 1000;
          const own = times.get(value)!;
          own[phase] = (own[phase] ?? 0) + ms;
          own.outsideMs = Math.max(0, own.outsideMs - ms);
        }
      }
    }
    return times;
  };
}
