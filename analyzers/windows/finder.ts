import type { PageManifest } from '../../src/bundle/pageManifest.js';
import type { WasmRealm } from '../../src/bundle/wasmLog.js';
import type { Trace } from '../../src/trace/trace.js';
import type { RealmOnTrace } from '../activity/gpu/realm.js';
import type { OnTrace } from '../activity/onTrace.js';
import type { SampledFunction } from '../activity/wasmFunctions.js';
import type { Window } from '../activity/window.js';

/** What inferences are looked for in. */
export interface Search {
  readonly trace: Trace;
  /** Per row of callFrames: the Wasm function it is, or null. */
  readonly functions: readonly (SampledFunction | null)[];
  /** Of the harness run that the bundle is of; null for any other trace. */
  readonly runId: string | null;
  /** Name of the user timing that is an inference, as the user gave it; `*` stands for any text. */
  readonly mark: string | null;
  /** The page that was watched; null for a harness run, and for a trace without a bundle. */
  readonly page: PageManifest | null;
  /** What hooks wrote down of calls into Wasm, and of the GPU; empty where there were none. */
  readonly wasmRealms: readonly OnTrace<WasmRealm>[];
  readonly gpuRealms: readonly RealmOnTrace[];
}

export interface FoundInferences {
  /** By time, free of overlap on each thread; not empty. */
  readonly windows: readonly Window[];
  readonly setup: Window | null;
  readonly warmup: Window | null;
  /** Where they came from, in words. May hold names from the page: untrusted text. */
  readonly source: string;
  /** From 0 to 1. */
  readonly confidence: number;
  /** How the confidence comes about, as a sentence. */
  readonly confidenceWhy: string;
}

export interface Finder {
  /** What it looks for, in a few words, for whoever is told that nothing was found. */
  readonly looksFor: (search: Search) => string;
  /** True where nothing else is to be tried, whether it finds something or not: the user, or the run, has said what an inference is. */
  readonly isFinal: (search: Search) => boolean;
  /** @returns null where it finds nothing, or does not apply */
  readonly find: (search: Search) => FoundInferences | null;
}
