import { unknown } from '../../src/fact.js';
import { standings } from '../../src/stats/typical.js';
import { inertText } from '../../src/text/inertText.js';
import type { Trace } from '../../src/trace/trace.js';
import { gpuRealmsOnTrace } from '../activity/gpu/realm.js';
import { onTrace } from '../activity/onTrace.js';
import { wasmFunctions } from '../activity/polling.js';
import type { SampledFunction } from '../activity/wasmFunctions.js';
import type { FoundWindows } from '../activity/window.js';
import { fact, type Get, trace } from '../input.js';
import { commandToFind as commandFor } from '../pageState/nextCommand.js';
import { errorsOf } from '../pageState/pageState.js';
import { stateText } from '../pageState/stateText.js';
import { bursts } from './bursts.js';
import type { Finder, FoundInferences, Search } from './finder.js';
import { frameworkMarks } from './frameworkMarks.js';
import { hookedCalls } from './hookedCalls.js';
import { inRecording, sampledWindows } from './inRecording.js';
import { measuredSeries } from './measuredSeries.js';
import { namedTiming } from './namedTiming.js';
import { ortProfile } from './ortProfile.js';
import { ownMarks } from './ownMarks.js';
import { inPhases } from './phases.js';

/**
 * Finds the windows by the first finder that finds any, the most certain first: measures that the user named, the run's own
 * marks, a framework's marks or profile, calls that hooks recorded, and at last guesses, which say that they are guesses.
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

/** Ways to find inferences, the most certain first. */
const finders: readonly Finder[] = [namedTiming, ownMarks, frameworkMarks, ortProfile, hookedCalls, measuredSeries, bursts];

/** The recorded calls into Wasm, on the trace; empty if there are none. */
export const wasmRealms = fact(
  'wasmRealms',
  (get) => get.input.wasm?.realms.flatMap((realm) => onTrace(get(trace), realm) ?? []) ?? [],
);

/** The windows; if there is none, what was looked for. */
export const foundWindows = fact('foundWindows', (get) => windowsBy(get, get.input.mark));

function windowsBy(get: Get, mark: string | null): FoundWindows {
  const { manifest, page } = get.input;
  const hooks = { page, wasmRealms: get(wasmRealms), gpuRealms: page ? get(gpuRealmsOnTrace) : [] };
  return findWindows(get(trace), manifest?.id ?? null, mark, get(wasmFunctions).functions, hooks);
}

/** What to type where no inference was found; null where some were, or no command is sure to work. */
export const commandToFind = fact('commandToFind', (get) => {
  if (get.input.manifest || get(foundWindows).windows.length > 0) return null;
  const finds = (measure: string): boolean => windowsBy(get, measure).windows.length > 0;
  return commandFor(get.input.name, get(trace), get.input.page, finds);
});

/** What went wrong in a watched page, and the state that it is in, may be why it does not infer. */
function pageText({ page, gpu }: Get['input']): string {
  if (!page) return '';
  const [error] = page.state ? errorsOf(page.state) : [];
  const state = stateText(page, gpu);
  return [
    ...(error ? [` The page’s first error: ${inertText(error.text, 300)}.`] : []),
    ...(state ? [` The page’s state: ${inertText(state, 300)}.`] : []),
  ].join('');
}

/** The windows, at least one. Unknown if none was found, as the run cannot be told from other work of the page then. */
export const windows = fact('windows', (get) => {
  const found = get(foundWindows);
  if (found.windows.length > 0) return found;
  const named = get.input.mark ?? get.input.page?.page.mark ?? null;
  const command = get.maybe(commandToFind);
  const next = command === null ? 'Name the measures that are inferences with --mark.' : `Try: ${command}`;
  return unknown(
    'no-windows',
    named === null
      ? `No inference found. Looked for: ${found.lookedFor.join('; ')}.${pageText(get.input)} ${next}`
      : `No measure is named ${named}. Choose one of those that the trace holds; * stands for any text.${command === null ? '' : ` Try: ${command}`}`,
  );
});

/** The windows whose time can be split by cause. In a watched page these are the windows with CPU samples. */
export const splittableWindows = fact('splittableWindows', (get) =>
  get.input.page ? sampledWindows(get(trace), get(foundWindows)) : get(foundWindows),
);

/** How long each of them takes beside the others, in their order: what is told of a prediction is of the typical ones. */
export const windowStandings = fact('windowStandings', (get) =>
  standings(get(splittableWindows).windows.map(({ startUs, endUs }) => endUs - startUs)),
);
