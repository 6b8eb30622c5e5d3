import type { PageManifest } from '../../src/bundle/pageManifest.js';
import type { WasmRealm } from '../../src/bundle/wasmLog.js';
import type { Trace } from '../../src/trace/trace.js';
import type { RealmOnTrace } from '../activity/gpu/realm.js';
import type { OnTrace } from '../activity/onTrace.js';
import type { SampledFunction } from '../activity/wasmFunctions.js';
import type { Window } from '../activity/window.js';

/** The data that finders search for inferences. */
export interface Search {
  readonly trace: Trace;
  /** Per row of callFrames: the Wasm function it is, or null. */
  readonly functions: readonly (SampledFunction | null)[];
  /** Id of the harness run that wrote the bundle; null for any other trace. */
  readonly runId: string | null;
  /** Name of the user timing that marks an inference, as the user gave it; `*` stands for any text. */
  readonly mark: string | null;
  /** Manifest of a watched page; null for a harness run, and for a trace without a bundle. */
  readonly page: PageManifest | null;
  /** Calls into Wasm and calls of GPU APIs, as hooks recorded them; empty without hooks. */
  readonly wasmRealms: readonly OnTrace<WasmRealm>[];
  readonly gpuRealms: readonly RealmOnTrace[];
}

export interface FoundInferences {
  /** At least one, by begin. Only measures may overlap on a thread. */
  readonly windows: readonly Window[];
  readonly setup: Window | null;
  readonly warmup: Window | null;
  /** What they were found by, in words. May hold names from the page: untrusted text. */
  readonly source: string;
  /** Confidence that these are the inferences, from 0 to 1. */
  readonly confidence: number;
  /** The reasons for that confidence, as a sentence. */
  readonly confidenceWhy: string;
}

export interface Finder {
  /** What it looks for, in a few words, for the message that nothing was found. */
  readonly looksFor: (search: Search) => string;
  /** True if no later finder is tried, even if this one finds nothing: the user or the run defines what an inference is. */
  readonly isFinal: (search: Search) => boolean;
  /** @returns null if it finds nothing or does not apply */
  readonly find: (search: Search) => FoundInferences | null;
}
