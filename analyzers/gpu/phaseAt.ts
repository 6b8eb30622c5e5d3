import type { Span } from '../spans.js';
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
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle]!.endUs <= atUs) low = middle + 1;
      else high = middle;
    }
    return low < sorted.length && holds(sorted[low]!, atUs) ? 'predictions' : 'outside';
  };
}
