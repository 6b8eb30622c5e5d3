import { firstEndingAfter, type Span } from '../spans.js';
import type { FoundWindows } from '../windows.js';

export type RunPhase = 'setup' | 'warmup' | 'predictions' | 'outside';

/** In which phase of the run a moment lies, by its time on the trace clock, µs. */
export function phaseAt({ setup, warmup, windows }: FoundWindows): (atUs: number) => RunPhase {
  const holds = ({ startUs, endUs }: Pick<Span<unknown>, 'startUs' | 'endUs'>, atUs: number): boolean =>
    startUs <= atUs && atUs < endUs;
  const sorted = [...windows].sort((a, b) => a.startUs - b.startUs);
  return (atUs) => {
    if (setup && holds(setup, atUs)) return 'setup';
    if (warmup && holds(warmup, atUs)) return 'warmup';
    const window = sorted[firstEndingAfter(sorted, atUs)];
    return window && holds(window, atUs) ? 'predictions' : 'outside';
  };
}
