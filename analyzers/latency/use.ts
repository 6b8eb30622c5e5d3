import { median, sum } from 'simple-statistics';
import { bootstrapInterval } from '../../src/stats/bootstrap.js';
import { inRounds } from '../../src/stats/inRounds.js';
import type { Interval } from '../../src/stats/interval.js';
import { typicalOf } from '../../src/stats/typical.js';
import type { Trace } from '../../src/trace/trace.js';
import { type Activity, activities } from '../activity/callStacks.js';
import { wasmFunctions } from '../activity/polling.js';
import { type ScriptPlace, scriptPlaces } from '../activity/scriptPlace.js';
import { lowerBound, samplesBetween } from '../activity/search.js';
import { clip, type Span, totalUs, union } from '../activity/spans.js';
import { type ThreadSpans, threadSpans } from '../activity/threadSpans.js';
import type { SampledFunction } from '../activity/wasmFunctions.js';
import type { FoundWindows, Window } from '../activity/window.js';
import { fact, sampledEveryUs, trace } from '../input.js';
import { page } from '../partition/causes/index.js';
import { callRoles } from '../windows/callRoles.js';
import { callMs } from '../windows/callSeries.js';
import { splittableWindows, wasmRealms } from '../windows/index.js';
import { outermostTasks, taskAt } from '../windows/tasks.js';

/**
 * What the user of a page waits for: an inference, and what the page's scripts and other Wasm do right before and after it in its tasks,
 * such as tokenizing, decoding an image, or ranking results. Times are medians over uses, and shares and functions of typical ones: see `typicalOf`.
 *
 * A use goes from the begin of the task in which its inference begins to the end of the task in which it ends. Where a task holds more, it
 * begins with the end of the inference or of the set-up before it, and ends with the set-up after it; work between two inferences in one
 * task counts for the later one. The model begins and ends with its computing, with the framework's scripts beside that. What such work
 * the inference itself holds, which is the cause page.script, counts before or after the model here. Work in other tasks and threads,
 * and of page code that stands in one file with the framework's, is not told apart.
 */
export interface Use {
  /** Number of uses that samples and tasks tell of. */
  readonly uses: number;
  readonly useMs: number;
  readonly preMs: number;
  readonly modelMs: number;
  readonly postMs: number;
  /** 95 % intervals of the medians; null for fewer than five uses. */
  readonly ci95Ms: Readonly<Record<'use' | UsePart, Interval>> | null;
  /** Shares of the time of typical uses. They sum to 1. */
  readonly shares: Readonly<Record<UsePart, number>>;
  /** Functions of the page, longest first; 12 at most. */
  readonly scripts: readonly UseScript[];
}

type UsePart = 'pre' | 'model' | 'post';

export interface UseScript extends Omit<ScriptPlace, 'column'> {
  /** Where it stands: before the model, after it, or in the middle of it. */
  readonly where: 'before' | 'after' | 'in';
  /** True for other Wasm that the function calls. */
  readonly isWasm: boolean;
  /** Mean per typical use, and the CPU samples that it rests on. */
  readonly ms: number;
  readonly samples: number;
  /** Of the time of typical uses. */
  readonly share: number;
}

const SHOWN = 12;
/** Fewer uses have no interval. */
const FOR_INTERVAL = 5;
/** Resolution of the clock of a page that is not cross-origin isolated, µs. */
const EDGE_US = 100;
/** Causes of a thread in Wasm. */
const ON_CPU = /^isa\.|^contention\.(spin|workers)$/;

type Inferences = Pick<FoundWindows, 'windows' | 'warmup' | 'leading'>;

/** One inference with what belongs to it, on the thread of its window. */
interface Stretch {
  readonly thread: number;
  readonly startUs: number;
  readonly endUs: number;
}

interface Divided extends Stretch {
  readonly fromUs: number;
  readonly untilUs: number;
  /** Time of the page's scripts and other Wasm. */
  readonly around: readonly Span<Activity>[];
}

/**
 * @param setUps calls that set a model up or release it
 * @returns null where no window has samples of computing and a task around it
 */
export function useOf(
  trace: Trace,
  found: Inferences,
  activities: readonly Activity[],
  functions: readonly (SampledFunction | null)[],
  setUps: readonly Stretch[] = [],
  sampledEveryUs: number | null = null,
): Use | null {
  const stretches = stretchesOf(trace, found, setUps);
  const model = modelOf(trace, found.windows, activities, functions);
  const isComputing = (activity: Activity): boolean => ON_CPU.test(activity) || (model.isOnGpu && activity.startsWith('gpu.'));
  const owned = activities.map((activity, frame) => {
    const sampled = functions[frame];
    return sampled && ON_CPU.test(activity) && (model.isOnGpu || sampled.url !== model.module) ? page.script.id : activity;
  });
  const spans = new Map<number, ThreadSpans>();
  const spansOf = (thread: number): ThreadSpans => {
    const known = spans.get(thread) ?? threadSpans(trace, thread, owned, union(stretches), sampledEveryUs);
    spans.set(thread, known);
    return known;
  };
  const uses = stretches.flatMap((stretch) => divided(stretch, spansOf(stretch.thread), isComputing) ?? []);
  if (uses.length === 0) return null;
  const parts = partsOf(uses);
  const interval = (ms: number[]): Interval => bootstrapInterval([inRounds(ms)], median);
  const typical = typicalOf(uses, ({ startUs, endUs }) => endUs - startUs);
  const of = partsOf(typical);
  const allMs = sum(of.use);
  return {
    uses: uses.length,
    useMs: median(parts.use),
    preMs: median(parts.pre),
    modelMs: median(parts.model),
    postMs: median(parts.post),
    ci95Ms:
      uses.length < FOR_INTERVAL
        ? null
        : { use: interval(parts.use), pre: interval(parts.pre), model: interval(parts.model), post: interval(parts.post) },
    shares: { pre: sum(of.pre) / allMs, model: sum(of.model) / allMs, post: sum(of.post) / allMs },
    scripts: scriptsOf(trace, typical, owned, functions, allMs),
  };
}

const partsOf = (uses: readonly Divided[]): Readonly<Record<'use' | UsePart, number[]>> => ({
  use: uses.map(({ startUs, endUs }) => (endUs - startUs) / 1000),
  pre: uses.map(({ startUs, fromUs }) => (fromUs - startUs) / 1000),
  model: uses.map(({ fromUs, untilUs }) => (untilUs - fromUs) / 1000),
  post: uses.map(({ untilUs, endUs }) => (endUs - untilUs) / 1000),
});

/** The stretch of each window's use; windows without a task at their begin or end have none. */
function stretchesOf(trace: Trace, { windows, warmup, leading }: Inferences, setUps: readonly Stretch[]): Stretch[] {
  return [...new Set(windows.map(({ thread }) => thread))].flatMap((thread) => {
    const tasks = outermostTasks(trace, thread);
    const own = windows.filter((window) => window.thread === thread);
    const inferences = [...own, ...leading, ...(warmup ? [warmup] : [])].filter((each) => each.thread === thread);
    const others = setUps.filter((each) => each.thread === thread);
    const endsUs = Float64Array.from([...inferences, ...others], ({ endUs }) => endUs).sort();
    const inferencesUs = Float64Array.from(inferences, ({ startUs }) => startUs).sort();
    const setUpsUs = Float64Array.from(others, ({ startUs }) => startUs).sort();
    return own.flatMap((window): Stretch[] => {
      const first = taskAt(tasks, window.startUs + EDGE_US / 2);
      const last = taskAt(tasks, window.endUs - EDGE_US / 2);
      if (!first || !last) return [];
      const endedUs = endsUs[lowerBound(endsUs, window.startUs + EDGE_US) - 1] ?? Number.NEGATIVE_INFINITY;
      const nextUs = inferencesUs[lowerBound(inferencesUs, window.endUs - EDGE_US)] ?? Number.POSITIVE_INFINITY;
      const setUpUs = setUpsUs[lowerBound(setUpsUs, window.endUs - EDGE_US)] ?? Number.POSITIVE_INFINITY;
      // Nothing tells to which of two inferences in one task the work between them belongs.
      const untilUs = nextUs < Math.min(last.endUs, setUpUs) ? window.endUs : Math.min(last.endUs, setUpUs);
      const startUs = Math.min(window.startUs, Math.max(first.startUs, endedUs));
      return [{ thread, startUs, endUs: Math.max(window.endUs, untilUs) }];
    });
  });
}

/** @returns null where no computing was sampled, so that nothing tells where the model begins */
function divided(stretch: Stretch, { activity }: ThreadSpans, isComputing: (activity: Activity) => boolean): Divided | null {
  const spans = clip(activity, stretch.startUs, stretch.endUs);
  const first = spans.findIndex(({ value }) => isComputing(value));
  if (first < 0) return null;
  const last = spans.findLastIndex(({ value }) => isComputing(value));
  const isAround = ({ value }: Span<Activity>): boolean => value === page.script.id;
  return {
    ...stretch,
    fromUs: spans.slice(0, first).findLast(isAround)?.endUs ?? stretch.startUs,
    untilUs: spans.slice(last + 1).find(isAround)?.startUs ?? stretch.endUs,
    around: spans.filter(isAround),
  };
}

/**
 * What computes the model: the Wasm module with the most samples in the windows, or the GPU where calls of its API have more. A tokenizer or
 * an image codec in Wasm is another module.
 */
function modelOf(
  trace: Trace,
  windows: readonly Window[],
  activities: readonly Activity[],
  functions: readonly (SampledFunction | null)[],
): { readonly module: string | null; readonly isOnGpu: boolean } {
  const { frame } = trace.tables.samples.columns;
  const samplesOf = new Map<string, number>();
  let onGpu = 0;
  for (const { thread, startUs, endUs } of windows) {
    const [from, to] = samplesBetween(trace, thread, startUs, endUs);
    for (let row = from; row < to; row++) {
      const sampled = functions[frame[row]!];
      if (activities[frame[row]!]?.startsWith('gpu.')) onGpu++;
      else if (sampled) samplesOf.set(sampled.url, (samplesOf.get(sampled.url) ?? 0) + 1);
    }
  }
  const [most] = [...samplesOf].sort(([, a], [, b]) => b - a);
  return { module: most?.[0] ?? null, isOnGpu: onGpu > (most?.[1] ?? 0) };
}

/** The time of the page's scripts, divided among the samples of each part. */
function scriptsOf(
  trace: Trace,
  uses: readonly Divided[],
  activities: readonly Activity[],
  functions: readonly (SampledFunction | null)[],
  allMs: number,
): UseScript[] {
  const { frame } = trace.tables.samples.columns;
  const placeOf = scriptPlaces(trace);
  const found = new Map<string, { readonly place: Omit<UseScript, 'ms' | 'share' | 'samples'>; us: number; samples: number }>();
  for (const { thread, startUs, fromUs, untilUs, endUs, around } of uses) {
    for (const [where, fromPartUs, untilPartUs] of [
      ['before', startUs, fromUs],
      ['in', fromUs, untilUs],
      ['after', untilUs, endUs],
    ] as const) {
      const spans = clip(around, fromPartUs, untilPartUs);
      const frames = spans.flatMap((span) => {
        const [from, to] = samplesBetween(trace, thread, span.startUs, span.endUs);
        return [...frame.subarray(from, to)].filter((each) => activities[each] === page.script.id);
      });
      const eachUs = totalUs(spans) / frames.length;
      for (const each of frames) {
        const script = placeOf(each);
        if (!script) continue;
        const place = {
          where,
          script: script.script,
          function: script.function,
          line: script.line,
          isWasm: Boolean(functions[each]),
        };
        const key = JSON.stringify(place);
        const known = found.get(key) ?? { place, us: 0, samples: 0 };
        known.us += eachUs;
        known.samples++;
        found.set(key, known);
      }
    }
  }
  return [...found.values()]
    .sort((a, b) => b.us - a.us)
    .slice(0, SHOWN)
    .map(({ place, us, samples }) => ({ ...place, ms: us / 1000 / uses.length, samples, share: us / 1000 / allMs }));
}

/** Calls that create or release a session, as hooks recorded them. */
const setUpCalls = fact('setUpCalls', (get) =>
  get(wasmRealms).flatMap(({ log, thread, toTraceUs }): Stretch[] => {
    const { roleOf } = callRoles(log);
    return log.calls.name.flatMap((name, i) => {
      const role = roleOf(log.calls.instance[i]!, name);
      if (role !== 'create' && role !== 'release') return [];
      const startMs = log.calls.atMs[i]!;
      return [{ thread, startUs: toTraceUs(startMs), endUs: toTraceUs(startMs + callMs(log.calls, i)) }];
    });
  }),
);

/** A run of ours has no page around the model. */
export const use = fact('use', (get) =>
  get.input.manifest
    ? null
    : useOf(
        get(trace),
        get(splittableWindows),
        get(activities),
        get(wasmFunctions).functions,
        get(setUpCalls),
        get.maybe(sampledEveryUs),
      ),
);
