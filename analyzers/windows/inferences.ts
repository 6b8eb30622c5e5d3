import type { Trace } from '../../src/trace/trace.js';
import { threadLabel } from '../activity/threads.js';
import type { FoundWindows } from '../activity/window.js';

/** How inferences were found, and their phases. Times are ms from the begin of the trace. */
export interface Inferences {
  /** All inferences, the warm-up included. */
  readonly count: number;
  /** What they were found by, in words; may hold names of the page. Null if none was found. */
  readonly source: string | null;
  /** Confidence from 0 to 1 that these are the page's inferences, and the reasons for it. Null if none was found. */
  readonly confidence: number | null;
  readonly confidenceWhy: string | null;
  /** Labels of the threads that own them. */
  readonly threads: readonly string[];
  readonly phases: {
    /** From the page's begin to its first inference; null if the begin was not recorded. */
    readonly load: { readonly startMs: number; readonly endMs: number } | null;
    /** First inferences that stand out. The times are those of the very first, if it was recorded. */
    readonly warmup: InferencePhase;
    readonly steady: InferencePhase;
  };
  /** What was looked for until something was found, the most certain first. */
  readonly lookedFor: readonly string[];
}

export interface InferencePhase {
  readonly count: number;
  readonly startMs: number | null;
  readonly endMs: number | null;
}

/** Describes the inferences of a trace for the analysis. */
export function describeInferences(trace: Trace, found: FoundWindows): Inferences {
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
