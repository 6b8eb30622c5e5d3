import type { Trace } from '../../src/trace/trace.js';
import type { SampledFunction } from '../activity/wasmFrames.js';
import type { FoundWindows } from '../activity/window.js';
import { bursts } from './bursts.js';
import type { Finder, FoundInferences, Search } from './finder.js';
import { frameworkMarks } from './frameworkMarks.js';
import { hookedCalls } from './hookedCalls.js';
import { inRecording } from './inRecording.js';
import { measuredSeries } from './measuredSeries.js';
import { namedTiming } from './namedTiming.js';
import { ownMarks } from './ownMarks.js';
import { inPhases } from './phases.js';

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

/** Ways to find inferences, surest first: the first that finds any is taken. */
const finders: readonly Finder[] = [namedTiming, ownMarks, frameworkMarks, hookedCalls, measuredSeries, bursts];
