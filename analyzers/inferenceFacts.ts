import type { Trace } from '../src/trace/trace.js';
import type { Inferences } from './analysis.js';
import { threadLabel } from './threadLabel.js';
import type { FoundWindows } from './windows.js';

/** How the inferences were found, how sure that is, and which phases they fall into. */
export function inferenceFacts(trace: Trace, found: FoundWindows): Inferences {
  const { windows, warmup, leading, setup, source, confidence, confidenceWhy, lookedFor } = found;
  const beginUs = trace.reading.startUs;
  const stretch = (first: { startUs: number } | undefined | null, last: { endUs: number } | undefined | null) =>
    first && last ? { startMs: (first.startUs - beginUs) / 1000, endMs: (last.endUs - beginUs) / 1000 } : null;
  const all = [...leading, ...(warmup && !leading.includes(warmup) ? [warmup] : []), ...windows];
  return {
    count: all.length,
    source: all.length > 0 ? source : null,
    confidence,
    confidenceWhy,
    threads: [...new Set(all.map(({ thread }) => thread))].map((thread) => threadLabel(trace, thread)),
    phases: {
      load: stretch(setup, setup),
      warmup: { count: all.length - windows.length, ...(stretch(warmup, warmup) ?? { startMs: null, endMs: null }) },
      steady: { count: windows.length, ...(stretch(windows[0], windows.at(-1)) ?? { startMs: null, endMs: null }) },
    },
    lookedFor,
  };
}
