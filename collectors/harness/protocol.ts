import type { Placement } from '../../src/bundle/manifest.js';
import type { PageMemory } from '../../src/bundle/memoryLog.js';
import type { MachinePeaks } from '../../src/bundle/operatorLog.js';
import type { SessionChange } from '../../src/bundle/rungPage.js';
import type { TensorSpec } from '../../src/bundle/tensor.js';
import type { ClassifiedDetection } from '../../src/detection/box.js';
import type { Detects } from '../../src/detection/detects.js';
import type { ProbeKind } from '../probes/probeModules.js';
import type { HarnessFailure } from './failure.js';

/** Requests to the harness page, and its answers. Both sides are ours; only plain data crosses. */

/** Everything the page needs for a run, by URL on the harness's own server. */
export interface Workload {
  /**
   * Short random id. It is part of the names of user-timing entries, so that windows of other pages are never mistaken for ours.
   */
  readonly runId: string;
  readonly framework: string;
  readonly backend: string;
  readonly threads: number;
  /** False: run the framework's modules without SIMD. Null: the framework has no such choice. */
  readonly simd: boolean | null;
  /** Another of the framework's builds, by its id; null: the usual one. */
  readonly build: string | null;
  /** What is done differently with the session; empty in a run. */
  readonly session: readonly SessionChange[];
  /** Sizes of the model's free dimensions, by their names; what fixes shapes needs them. */
  readonly freeDimensions: Readonly<Record<string, number>>;
  /** Tensor i is served at `/input/i`. */
  readonly inputs: readonly TensorSpec[];
  /** The model's names of its external data; file i is served at `/external/i`. */
  readonly externalData: readonly string[];
  /** Hand in the bytes of every compiled Wasm module (trace pass only, since it costs a copy). */
  readonly captureModules: boolean;
  /** Record the scripts' GPU calls, and have the device time them (trace pass only, since it costs time). */
  readonly recordGpu: boolean;
  /** Have the framework time its operators (profiling pass only, since it costs time). */
  readonly profileOperators: boolean;
  /** The script fetches the framework’s Wasm module and hands over its bytes; absent: the framework fetches it by itself. */
  readonly moduleAsBytes?: true;
  /** Record the memory that this realm allocates (memory pass only, since it costs time). */
  readonly watchMemory: boolean;
}

/** A workload of which nothing is changed. */
export const NOTHING_CHANGED = { build: null, session: [], freeDimensions: {} } as const;

/** The recording options of a workload without recording. */
export const NOTHING_RECORDED = { captureModules: false, recordGpu: false, profileOperators: false, watchMemory: false } as const;

/** `settling`: code is still being compiled and caches fill. Only iterations count. */
export type PredictPhase = 'warm-up' | 'settling' | 'iteration';

/** How often a page predicts that does other things too. */
export interface Pace {
  readonly forMs: number;
  /** Part of the time that predictions take, by pauses after each: at most 1. Null: `ratePerSecond` holds. */
  readonly duty: number | null;
  /** Predictions to begin each second; one that is late begins at once. */
  readonly ratePerSecond: number | null;
}

export type HarnessRequest =
  /** Load the framework's script and fetch the inputs: the part before set-up. */
  | { readonly type: 'load'; readonly workload: Workload }
  | { readonly type: 'setup' }
  | { readonly type: 'predict'; readonly phase: PredictPhase; readonly first: number; readonly count: number }
  /** Predict with pauses, for a time. */
  | { readonly type: 'repeat'; readonly first: number; readonly pace: Pace }
  /** Find what a model finds in a picture as large as its input: what comes before and after the model is done in the realm too. */
  | { readonly type: 'detect'; readonly rgba: Uint8ClampedArray; readonly detects: Detects }
  /** Measure the arithmetic speed of this realm's thread. */
  | { readonly type: 'probe'; readonly kind: ProbeKind }
  /** Measure the peak rates of arithmetic and memory with `threads` threads at once. */
  | { readonly type: 'peaks'; readonly threads: number; readonly instructions: MachinePeaks['instructions'] }
  /** Find where the operators of a prediction run. It needs a page that has only loaded, since it costs time and memory. */
  | { readonly type: 'placement' }
  /** End the framework's profile. */
  | { readonly type: 'profile' }
  /** Return what was seen of this realm's memory since the last such request. */
  | { readonly type: 'memory' }
  /** Free the model, and the harness's inputs and outputs. The framework's backend stays. */
  | { readonly type: 'dispose' }
  | { readonly type: 'outputs' }
  | { readonly type: 'gpu' }
  | { readonly type: 'modules' };

export interface HarnessReplies {
  load: { readonly frameworkVersion: string; readonly crossOriginIsolated: boolean; readonly hardwareConcurrency: number };
  setup: { readonly ms: number; readonly threads: number; readonly note: string | null };
  /** One latency per iteration, from inputs in to outputs read back. */
  predict: { readonly ms: readonly number[] };
  /** The same of predictions with pauses. */
  repeat: { readonly ms: readonly number[] };
  detect: { readonly found: readonly ClassifiedDetection[] };
  /** 10⁹ floating-point operations per second; null if the browser lacks the instructions. */
  probe: { readonly gigaflops: number | null };
  /** Null if the browser lacks the instructions. */
  peaks: { readonly peaks: MachinePeaks | null };
  /** Null if the framework does not report it. */
  placement: { readonly placement: Placement | null };
  /** The profile has been posted to `/profile/0`. */
  profile: Record<string, never>;
  /** `nowMs` and the rows are on this realm's `performance.now()`. */
  memory: { readonly nowMs: number; readonly rows: PageMemory };
  dispose: Record<string, never>;
  /** Output i has been posted to `/output/i`. */
  outputs: { readonly outputs: readonly TensorSpec[] };
  /** Whether a log of GPU calls is kept; it has then been posted to `/gpu/0`. */
  gpu: { readonly posted: boolean };
  /** The modules compiled since the last such request; module i has been posted to `/module/i`. */
  modules: { readonly modules: readonly { readonly url: string }[] };
}

export type HarnessReply<T extends keyof HarnessReplies = keyof HarnessReplies> =
  | { readonly ok: true; readonly value: HarnessReplies[T] }
  | {
      readonly ok: false;
      readonly error: string;
      /** The cause, if it is a known one. */
      readonly failure: HarnessFailure | null;
    };

/**
 * Names of user-timing entries: `inferscope:<run>:<phase>[:<index>]`; marks end in `:start` and `:end`. `profiled` is the part of
 * a prediction that the framework's profiler saw, numbered like the page's predictions.
 */
export function timingName(runId: string, phase: 'setup' | PredictPhase | 'profiled', index?: number): string {
  return index === undefined ? `inferscope:${runId}:${phase}` : `inferscope:${runId}:${phase}:${index}`;
}
