import type { Placement } from '../../src/bundle/manifest.js';
import type { PageMemory } from '../../src/bundle/memoryLog.js';
import type { MachinePeaks } from '../../src/bundle/operatorLog.js';
import type { TensorSpec } from '../../src/bundle/tensor.js';
import type { ProbeKind } from '../probes/probeModules.js';
import type { HarnessFailure } from './failure.js';

/** What the tool asks of the harness page, and what it answers. Both sides are ours; only plain data crosses. */

/** What is to run: everything the page needs, by URL on the harness's own server. */
export interface Workload {
  /** Short random id; part of the names of user-timing entries, so that windows of other pages are never taken for ours. */
  readonly runId: string;
  readonly framework: string;
  readonly backend: string;
  readonly threads: number;
  /** False: the framework's modules without SIMD are to run. Null for a framework that has no such choice. */
  readonly simd: boolean | null;
  /** Tensor i is served at `/input/i`. */
  readonly inputs: readonly TensorSpec[];
  /** Names under which the model knows its external data; file i is served at `/external/i`. */
  readonly externalData: readonly string[];
  /** Hand in the bytes of every Wasm module compiled (trace pass only: it costs a copy). */
  readonly captureModules: boolean;
  /** Write down what scripts ask of the GPU, and have the device time it (trace pass only: it costs time). */
  readonly recordGpu: boolean;
  /** Have the framework time its operators (profiling pass only: it costs time). */
  readonly profileOperators: boolean;
  /** Write down what memory this realm makes (memory pass only: it costs time). */
  readonly watchMemory: boolean;
}

/** Of a workload of which nothing is recorded. */
export const NOTHING_RECORDED = { captureModules: false, recordGpu: false, profileOperators: false, watchMemory: false } as const;

/** `settling`: code is still being compiled and caches fill; what counts are iterations. */
export type PredictPhase = 'warm-up' | 'settling' | 'iteration';

export type HarnessRequest =
  /** Load the framework's script, fetch the inputs: what comes before set-up. */
  | { readonly type: 'load'; readonly workload: Workload }
  | { readonly type: 'setup' }
  | { readonly type: 'predict'; readonly phase: PredictPhase; readonly first: number; readonly count: number }
  /** Arithmetic speed of this realm's thread. */
  | { readonly type: 'probe'; readonly kind: ProbeKind }
  /** What arithmetic and memory give so many threads at once. */
  | { readonly type: 'peaks'; readonly threads: number; readonly instructions: MachinePeaks['instructions'] }
  /** Where the operators of a prediction run; in a page that has done nothing else after loading, since it costs time and memory. */
  | { readonly type: 'placement' }
  /** Ends the framework's profile. */
  | { readonly type: 'profile' }
  /** What was seen of this realm's memory since the last such request. */
  | { readonly type: 'memory' }
  /** Gives the model back, and what the harness holds of inputs and outputs; the framework's backend stays. */
  | { readonly type: 'dispose' }
  | { readonly type: 'outputs' }
  | { readonly type: 'gpu' }
  | { readonly type: 'modules' };

export interface HarnessReplies {
  load: { readonly frameworkVersion: string; readonly crossOriginIsolated: boolean; readonly hardwareConcurrency: number };
  setup: { readonly ms: number; readonly threads: number; readonly note: string | null };
  /** One latency per iteration, inputs in to outputs read back. */
  predict: { readonly ms: readonly number[] };
  /** 10⁹ floating-point operations per second; null if the browser does not know the instructions. */
  probe: { readonly gigaflops: number | null };
  /** Null if the browser does not know the instructions. */
  peaks: { readonly peaks: MachinePeaks | null };
  /** Null if the framework does not tell. */
  placement: { readonly placement: Placement | null };
  /** It has been posted to `/profile/0`. */
  profile: Record<string, never>;
  /** `nowMs` by this realm's `performance.now()`, as the rows. */
  memory: { readonly nowMs: number; readonly rows: PageMemory };
  dispose: Record<string, never>;
  /** Output i has been posted to `/output/i`. */
  outputs: { readonly outputs: readonly TensorSpec[] };
  /** The log of what was asked of the GPU until now has been posted to `/gpu/0`, if one is kept. */
  gpu: { readonly posted: boolean };
  /** Those compiled since the last such request; module i has been posted to `/module/i`. */
  modules: { readonly modules: readonly { readonly url: string }[] };
}

export type HarnessReply<T extends keyof HarnessReplies = keyof HarnessReplies> =
  | { readonly ok: true; readonly value: HarnessReplies[T] }
  | {
      readonly ok: false;
      readonly error: string;
      /** Why, if it is one of the known causes. */
      readonly failure: HarnessFailure | null;
    };

/**
 * Names of user-timing entries: `inferscope:<run>:<phase>[:<index>]`; marks have `:start` and `:end` behind. Of a prediction under the
 * framework's profiler, `profiled` is what of it the profiler saw, numbered as the page's predictions are.
 */
export function timingName(runId: string, phase: 'setup' | PredictPhase | 'profiled', index?: number): string {
  return index === undefined ? `inferscope:${runId}:${phase}` : `inferscope:${runId}:${phase}:${index}`;
}
