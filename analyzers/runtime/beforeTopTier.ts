import type { Trace } from '../../src/trace/trace.js';
import type { Activity } from '../activity/callStacks.js';
import { sliceArgs } from '../activity/findSlices.js';
import { lowerBound, samplesBetween } from '../activity/search.js';
import { type Span, union } from '../activity/spans.js';
import type { SampledFunction, WasmFunctions } from '../activity/wasmFunctions.js';
import type { FoundWindows } from '../activity/window.js';
import { contention } from '../partition/causes/index.js';
import type { ThreadCompile } from './compileSpans.js';

/** Bounds of the share of Wasm self time in baseline code that the top tier replaced later. */
export interface BeforeTopTier {
  /** Top-tier jobs; each compiles one or more functions. */
  readonly jobs: number;
  /** From the start of set-up, or of the first window; null without a job. */
  readonly lastJobEndMs: number | null;
  /** Windows that began before the last job ended. */
  readonly windowsBefore: number;
  /** Null where no Wasm was sampled. */
  readonly warmup: { readonly atMost: number; readonly atLeast: number } | null;
  readonly predictions: { readonly atMost: number; readonly atLeast: number } | null;
  /** Functions with time in predictions before the last job ended; 20 at most. */
  readonly functions: readonly {
    readonly name: string;
    readonly index: number | null;
    readonly module: string;
    /** Share of all Wasm self time in predictions. */
    readonly share: number;
    /** Share of the function's own time. */
    readonly atMost: number;
    readonly atLeast: number;
  }[];
  /** What the bounds are based on, as text. */
  readonly evidence: string;
}

const SHOWN = 20;

/**
 * Bounds of the Wasm self time before the tier-up, that is, before the top tier had replaced the baseline code. Only bounds are
 * known, since V8 names no function in its top-tier jobs.
 *
 * - `atMost`: a job replaces code while it runs, so nothing is replaced after the end of the last job.
 * - `atLeast`: a lazily compiled function is certainly baseline code until the start of the first job that ends after its
 *   compilation.
 *
 * Time after the last job is in neither bound: functions that never get hot stay baseline code.
 * https://v8.dev/docs/wasm-compilation-pipeline
 * @returns null where no Wasm was sampled, or the trace shows neither lazy nor top-tier compilation
 */
export function beforeTopTier(
  trace: Trace,
  found: FoundWindows,
  compiled: ReadonlyMap<number, ThreadCompile>,
  { functions }: WasmFunctions,
  activities: readonly Activity[],
): BeforeTopTier | null {
  const jobs: Span<unknown>[] = [];
  let lazy = 0;
  const lazyAtUs = new Map<number, number>();
  const indexOf = sliceArgs(trace, 'func_index', 'number');
  for (const { slices } of compiled.values()) {
    for (const { value, row, startUs, endUs, isPart } of slices) {
      if (value.tier === 'topTier' && !isPart) jobs.push({ startUs, endUs, value: null });
      if (value.tier !== 'lazy' || isPart) continue;
      lazy++;
      const index = indexOf.get(row);
      if (index !== undefined) lazyAtUs.set(index, Math.min(startUs, lazyAtUs.get(index) ?? startUs));
    }
  }
  if (jobs.length === 0 && lazy === 0) return null;
  const running = union(jobs);
  const lastEndUs = running.at(-1)?.endUs ?? Number.POSITIVE_INFINITY;
  const ends = running.map(({ endUs }) => endUs);
  const surelyUntilUs = (index: number | null): number => {
    const atUs = index === null ? undefined : lazyAtUs.get(index);
    if (atUs === undefined) return Number.NEGATIVE_INFINITY;
    return running[lowerBound(ends, atUs)]?.startUs ?? Number.POSITIVE_INFINITY;
  };

  const inWindows = union(found.windows);
  const predictions = count(trace, compiledThreads(trace, found), inWindows, functions, activities, lastEndUs, surelyUntilUs);
  const warmup =
    found.warmup &&
    count(trace, compiledThreads(trace, found), union([found.warmup]), functions, activities, lastEndUs, surelyUntilUs);
  if (predictions.samples + (warmup?.samples ?? 0) === 0) return null;
  const firstUs = found.setup?.startUs ?? found.warmup?.startUs ?? found.windows[0]!.startUs;
  const before = found.windows.filter(({ startUs }) => startUs < lastEndUs).length;
  return {
    jobs: jobs.length,
    lastJobEndMs: jobs.length > 0 ? (lastEndUs - firstUs) / 1000 : null,
    windowsBefore: before,
    warmup: warmup && bounds(warmup),
    predictions: bounds(predictions),
    functions: functionBounds(predictions),
    evidence: evidence(jobs.length, lazyAtUs.size),
  };
}

interface Count {
  samples: number;
  atMost: number;
  atLeast: number;
}

interface Counts extends Count {
  readonly byFunction: Map<string, Count & { readonly sampled: SampledFunction }>;
}

const bounds = ({ samples, atMost, atLeast }: Count): { atMost: number; atLeast: number } | null =>
  samples === 0 ? null : { atMost: atMost / samples, atLeast: atLeast / samples };

/** Sampled threads of the run's processes. */
function compiledThreads(trace: Trace, { windows, warmup }: FoundWindows): number[] {
  const { pid } = trace.tables.threads.columns;
  const processes = new Set([...windows, warmup].flatMap((window) => (window ? [pid[window.thread]] : [])));
  return [...new Set(trace.tables.callFrames.columns.thread)].filter((thread) => processes.has(pid[thread]));
}

function count(
  trace: Trace,
  threads: readonly number[],
  stretches: readonly Span<unknown>[],
  functions: WasmFunctions['functions'],
  activities: readonly Activity[],
  lastEndUs: number,
  surelyUntilUs: (index: number | null) => number,
): Counts {
  const { columns } = trace.tables.samples;
  const counts: Counts = { samples: 0, atMost: 0, atLeast: 0, byFunction: new Map() };
  const ofFrame = new Map<number, { one: Count; untilUs: number }>();
  for (const thread of threads) {
    for (const { startUs, endUs } of stretches) {
      const [from, to] = samplesBetween(trace, thread, startUs, endUs);
      for (let row = from; row < to; row++) {
        const frame = columns.frame[row]!;
        const sampled = functions[frame];
        // Sleeping in a function is not self time.
        if (!sampled || activities[frame] === contention.workers.id) continue;
        let known = ofFrame.get(frame);
        if (!known) {
          const key = `${sampled.index} ${sampled.name} ${sampled.url}`;
          const one = counts.byFunction.get(key) ?? { sampled, samples: 0, atMost: 0, atLeast: 0 };
          counts.byFunction.set(key, one);
          known = { one, untilUs: surelyUntilUs(sampled.index) };
          ofFrame.set(frame, known);
        }
        const atUs = columns.atUs[row]!;
        for (const each of [counts, known.one]) {
          each.samples++;
          if (atUs < lastEndUs) each.atMost++;
          if (atUs < known.untilUs && atUs < lastEndUs) each.atLeast++;
        }
      }
    }
  }
  return counts;
}

function functionBounds({ samples, byFunction }: Counts): BeforeTopTier['functions'] {
  return [...byFunction.values()]
    .filter(({ atMost }) => atMost > 0)
    .sort((a, b) => b.atMost - a.atMost)
    .slice(0, SHOWN)
    .map(({ sampled, ...own }) => ({
      name: sampled.name,
      index: sampled.index,
      module: sampled.module?.url ?? sampled.url,
      share: own.samples / samples,
      atMost: own.atMost / own.samples,
      atLeast: own.atLeast / own.samples,
    }));
}

function evidence(jobs: number, lazyFunctions: number): string {
  const lower =
    lazyFunctions > 0
      ? `At least: ${lazyFunctions} functions were seen to be compiled lazily, and are baseline code until the next top-tier job begins.`
      : 'No function was seen to be compiled lazily, so there is no lower bound above 0.';
  return jobs > 0
    ? `At most: all Wasm time before the last of ${jobs} top-tier jobs ended, for V8 does not say which function a job compiles. ${lower}`
    : `No top-tier job was seen, so all of it may be baseline code. ${lower}`;
}
