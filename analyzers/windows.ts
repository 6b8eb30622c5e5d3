import type { Trace } from '../src/trace/trace.js';
import type { FoundInferences, Search } from './inferences/finder.js';
import { finders } from './inferences/index.js';
import { inPhases } from './inferences/inPhases.js';
import { inRecording } from './inferences/inRecording.js';
import type { SampledFunction } from './wasmFrames.js';

/** The [start, end) of one iteration on the trace clock, and the thread that owns the call. */
export interface Window {
  readonly thread: number;
  readonly startUs: number;
  readonly endUs: number;
  /** Time in it that the owner was not running, for whatever reason, by the marks at its edges, µs; NaN where they do not tell. */
  readonly offCpuUs: number;
}

export interface FoundWindows {
  readonly windows: readonly Window[];
  readonly setup: Window | null;
  readonly warmup: Window | null;
  /** First inferences that stand out, the warm-up among them, where the phases were not marked; they are none of `windows`. */
  readonly leading: readonly Window[];
  /** Where they came from, in words; where there are none, what was looked for. */
  readonly source: string;
  /** From 0 to 1 that these are the inferences; null where none was found. */
  readonly confidence: number | null;
  readonly confidenceWhy: string | null;
  /** What was looked for, surest first, until something was found. */
  readonly lookedFor: readonly string[];
}

/**
 * Finds the windows by the finders of `inferences/`, surest first: the measures that the user named; else those of the run itself; else
 * what a framework marks, what hooks saw, and at last guesses, which are called so.
 */
export function findWindows(
  trace: Trace,
  runId: string | null,
  mark: string | null,
  functions: readonly (SampledFunction | null)[],
  { page = null, wasmRealms = [], gpuRealms = [] }: Partial<Pick<Search, 'page' | 'wasmRealms' | 'gpuRealms'>> = {},
): FoundWindows {
  const search: Search = { trace, runId, mark, functions, page, wasmRealms, gpuRealms };
  const lookedFor: string[] = [];
  for (const finder of finders) {
    lookedFor.push(finder.looksFor(search));
    const found = withinRecording(search, finder.find(search));
    if (found) return { ...found, leading: [], ...(page && inPhases(trace, found, page)), lookedFor };
    if (finder.isFinal(search)) break;
  }
  const none = { windows: [], setup: null, warmup: null, leading: [], confidence: null, confidenceWhy: null };
  return { ...none, source: `none found: looked for ${lookedFor.join('; ')}`, lookedFor };
}

function withinRecording(search: Search, found: FoundInferences | null): FoundInferences | null {
  if (!found || !search.page) return found;
  const windows = inRecording(search, found.windows);
  return windows.length > 0 ? { ...found, windows } : null;
}
