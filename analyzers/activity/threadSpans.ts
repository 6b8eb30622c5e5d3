import type { Trace } from '../../src/trace/trace.js';
import { contention, gpu } from '../partition/causes/index.js';
import { type GpuWait, gpuWait, sliceCause } from '../partition/causes/rules.js';
import type { Activity } from './callStacks.js';
import { byName } from './findSlices.js';
import { firstReachingInto, firstWhere, lowerBound, rowsOfThread } from './search.js';
import { clip, flatten, overlay, type Span, subtract, union } from './spans.js';

/** When the thread had no task, or slept in a Wasm function that waits: what is no fault of the scheduler. */
export function restingSpans({ activity }: ThreadSpans, startUs: number, endUs: number): Span<unknown>[] {
  return clip(activity, startUs, endUs).filter(({ value }) => value === 'idle' || value === contention.workers.id);
}

/** What one thread did, as far as it was asked for. */
export interface ThreadSpans {
  /** By the CPU samples, and over them by the slices that are a cause by themselves. Gaps: nothing is known. */
  readonly activity: readonly Span<Activity>[];
  /** When a sample was due and none came until the thread ran again. */
  readonly silent: readonly Span<null>[];
  /** The outermost slices that are a cause by themselves, where they have thread times: the fraction of each off the CPU. */
  readonly causes: readonly Span<number>[];
  /** Where it is blocked in a call of the GPU's API, and for what: its activity is idle there. */
  readonly waits: readonly Span<GpuWait>[];
  /** Its outermost slices: the tasks of its event loop. */
  readonly tasks: readonly Span<Task>[];
}

export interface Task {
  /** Row of slices. */
  readonly row: number;
  /** Wall time of the whole task, µs, however much of it a span holds. */
  readonly durationUs: number;
  /** CPU time of the whole task, µs; NaN where the trace has none. */
  readonly cpuUs: number;
}

/** A sample stands for the time around it, but for no longer than this many sampling intervals on either side. */
const REACH = 10;
/** The thread was silent where two samples are further apart than this many sampling intervals; fewer is jitter. */
export const SILENCE = 3;

/**
 * What a thread did in some stretches of time: whatever reaches into them, whole. Work and memory are in proportion to them, not to
 * the trace.
 *
 * Each sample stands for the time half-way to its neighbours, within its task: unlike "from this sample to the next" that favours neither
 * what comes before nor after. Slices are exact, so they count where they are: what no sample names is rest where the thread has no task.
 * @param stretches sorted, free of overlap
 * @param sampledEveryUs time between two samples that the recording was made with; null: not known
 */
export function threadSpans(
  trace: Trace,
  thread: number,
  activities: readonly Activity[],
  stretches: readonly Span<unknown>[],
  sampledEveryUs: number | null = null,
): ThreadSpans {
  const { columns } = trace.tables.slices;
  const [from, to] = rowsOfThread(columns.thread, thread);
  const causeOf = byName(columns.name, sliceCause);
  const waitOf = byName(columns.name, gpuWait);
  const nested: Span<Activity>[] = [];
  const tasks: Span<Task>[] = [];
  const causes: Span<number>[] = [];
  const waits: Span<GpuWait>[] = [];
  let outermostEndUs = Number.NEGATIVE_INFINITY;
  let row = from;
  for (const stretch of stretches) {
    row = Math.max(row, firstReachingInto(trace, stretch.startUs, from, to));
    for (; row < to && columns.startUs[row]! < stretch.endUs; row++) {
      const startUs = columns.startUs[row]!;
      const durationUs = columns.durationUs[row]!;
      const endUs = startUs + durationUs;
      if (!(endUs > startUs) || endUs <= stretch.startUs) continue;
      if (columns.depth[row] === 0) tasks.push({ startUs, endUs, value: { row, durationUs, cpuUs: columns.cpuUs[row]! } });
      const cause = causeOf(row);
      if (cause === null) {
        const wait = waitOf(row);
        if (wait === null) continue;
        nested.push({ startUs, endUs, value: 'idle' });
        if (!(startUs < (waits.at(-1)?.endUs ?? startUs))) waits.push({ startUs, endUs, value: wait });
        continue;
      }
      // Handing commands over within a blocking call is part of its round trip.
      if (cause === gpu.ipc.id && endUs <= (waits.at(-1)?.endUs ?? Number.NEGATIVE_INFINITY)) continue;
      nested.push({ startUs, endUs, value: cause });
      if (startUs < outermostEndUs) continue;
      outermostEndUs = endUs;
      const offCpu = 1 - columns.cpuUs[row]! / durationUs;
      if (!Number.isNaN(offCpu)) causes.push({ startUs, endUs, value: offCpu });
    }
  }
  const { sampled, silent } = sampledSpans(trace, thread, activities, stretches, tasks, sampledEveryUs);
  return { activity: overlay(restingOutside(tasks, sampled), flatten(nested)), silent, causes, waits, tasks };
}

/** Where a thread has no task it rests, if no sample says otherwise. */
function restingOutside(tasks: readonly Span<Task>[], sampled: readonly Span<Activity>[]): Span<Activity>[] {
  if (tasks.length === 0) return [...sampled];
  const unknown = sampled.filter(({ value }) => value === 'unattributed');
  const resting = subtract(unknown, tasks).map((span): Span<Activity> => ({ ...span, value: 'idle' }));
  return overlay(sampled, resting);
}

function sampledSpans(
  trace: Trace,
  thread: number,
  activities: readonly Activity[],
  stretches: readonly Span<unknown>[],
  tasks: readonly Span<unknown>[],
  sampledEveryUs: number | null,
): { sampled: Span<Activity>[]; silent: Span<null>[] } {
  const { columns } = trace.tables.samples;
  const [from, to] = rowsOfThread(columns.thread, thread);
  const at = columns.atUs.subarray(from, to);
  // Samples that no sampler took come besides: they can only make it look more frequent than it was.
  const intervalUs = Math.max(samplingUs(at), sampledEveryUs ?? 0);
  const activityOf = (i: number): Activity => activities[columns.frame[from + i]!] ?? 'unattributed';
  const borders = taskBorders(tasks);
  const placeOf = (i: number): number => borders.placeOf(at[i]!);
  const opens = openingSamples(at, activityOf, placeOf, intervalUs);
  /** Where what a sample stands for ends, and where that of the next begins: no task's is another's. */
  const between = (i: number): readonly [endUs: number, startUs: number] => {
    const [own, next] = [placeOf(i), placeOf(i + 1)];
    if (own !== next) return [borders.endUs(own), borders.startUs(next)];
    const edgeUs = opens(i) ? at[i]! : (at[i]! + at[i + 1]!) / 2;
    return [edgeUs, edgeUs];
  };
  const reach = REACH * intervalUs;
  const sampled: Span<Activity>[] = [];
  const silent: Span<null>[] = [];
  const push = (startUs: number, endUs: number, value: Activity): void => {
    if (!(startUs < endUs)) return;
    const last = sampled.at(-1);
    if (last && last.value === value && last.endUs === startUs) sampled[sampled.length - 1] = { ...last, endUs };
    else sampled.push({ startUs, endUs, value });
  };
  let i = 0;
  for (const stretch of stretches) {
    // The samples just outside reach in too.
    i = Math.max(i, lowerBound(at, stretch.startUs) - 1);
    const last = Math.min(at.length - 1, lowerBound(at, stretch.endUs));
    for (; i <= last; i++) {
      const here = at[i]!;
      if (i > 0 && here - at[i - 1]! > SILENCE * intervalUs)
        silent.push({ startUs: at[i - 1]! + intervalUs, endUs: here, value: null });
      const startUs = i === 0 ? Math.max(borders.startUs(placeOf(i)), here - intervalUs / 2) : between(i - 1)[1];
      const [endUs, nextUs] = i < at.length - 1 ? between(i) : [Math.min(borders.endUs(placeOf(i)), here + intervalUs / 2), here];
      push(Math.max(startUs, here - reach), Math.min(endUs, here + reach), activityOf(i));
      push(endUs, nextUs, 'unattributed');
    }
  }
  return { sampled, silent };
}

/** Where moments lie among the tasks of a thread. */
export interface TaskBorders {
  /** The same for two moments if no task begins or ends between them. */
  placeOf(atUs: number): number;
  /** When the place began, and when it ends, µs; infinite before the first task and behind the last one. */
  startUs(place: number): number;
  endUs(place: number): number;
}

/** @param tasks by time, free of overlap */
export function taskBorders(tasks: readonly Omit<Span<unknown>, 'value'>[]): TaskBorders {
  /** Border 2i is where task i begins, 2i + 1 where it ends. */
  const border = (i: number): number => (i % 2 === 0 ? tasks[i / 2]!.startUs : tasks[(i - 1) / 2]!.endUs);
  const count = 2 * tasks.length;
  return {
    placeOf: (atUs) => firstWhere(count, (i) => border(i) > atUs),
    startUs: (place) => (place > 0 ? border(place - 1) : Number.NEGATIVE_INFINITY),
    endUs: (place) => (place < count ? border(place) : Number.POSITIVE_INFINITY),
  };
}

/** What says nothing of what a thread does. */
const NOTHING: ReadonlySet<Activity> = new Set(['idle', 'unattributed']);
/** V8 takes several of its own one behind another, closer together than this part of the sampling interval. */
const CLOSE = 0.5;

/**
 * V8 takes samples of its own where a thread leaves its rest and where a task enters script, before any script runs. They name nothing, and
 * stand for nothing that comes behind them: it is the next sample's, in the same task.
 * https://chromium.googlesource.com/v8/v8/+/refs/heads/main/include/v8-profiler.h (CpuProfiler::CollectSample)
 * @param at times of a thread's samples, µs, sorted
 * @param placeOf the same for samples between which no task begins or ends
 * @returns whether what is behind a sample is the next one's
 */
export function openingSamples(
  at: Float64Array,
  activityOf: (i: number) => Activity,
  placeOf: (i: number) => number,
  intervalUs: number,
): (i: number) => boolean {
  const opens = (i: number): boolean => {
    for (let first = i; first > 0 && activityOf(first) === 'unattributed'; first--) {
      if (activityOf(first - 1) === 'idle' || placeOf(first - 1) !== placeOf(first)) return true;
      if (!(at[first]! - at[first - 1]! < CLOSE * intervalUs)) return false;
    }
    return false;
  };
  return (i) =>
    i + 1 < at.length &&
    activityOf(i) === 'unattributed' &&
    !NOTHING.has(activityOf(i + 1)) &&
    placeOf(i) === placeOf(i + 1) &&
    opens(i);
}

/** Enough for a median, however long the trace is. */
const DISTANCES = 20_000;
/**
 * V8 takes a sample of its own for each console.timeStamp and performance.mark, and its sampler never comes that often: a page that marks
 * without end would seem to be sampled a hundred times as often as it is.
 */
const LEAST_US = 50;

/**
 * Time between two samples of a thread, µs: the median distance of neighbouring ones; where no sampler makes that, of those that
 * one may. NaN for fewer
 * than two samples.
 * @param at sorted
 */
export function samplingUs(at: Float64Array): number {
  if (at.length < 2) return Number.NaN;
  const step = Math.ceil((at.length - 1) / DISTANCES);
  const distances: number[] = [];
  for (let i = 0; i + 1 < at.length; i += step) distances.push(at[i + 1]! - at[i]!);
  const distanceUs = medianOf(distances);
  if (distanceUs >= LEAST_US) return distanceUs;
  const told = distances.filter((us) => us >= LEAST_US);
  return told.length > 0 ? medianOf(told) : distanceUs;
}

function medianOf(values: readonly number[]): number {
  return Float64Array.from(values).sort()[values.length >> 1]!;
}

/**
 * When a thread had something to do in some stretches of time: a task, or what samples name, and did not sleep on purpose.
 * Empty where the trace tells nothing of it.
 * @param stretches sorted, free of overlap
 * @param sampledEveryUs see threadSpans
 */
export function awakeSpans(
  trace: Trace,
  thread: number,
  activities: readonly Activity[],
  stretches: readonly Span<unknown>[],
  sampledEveryUs: number | null,
): Span<null>[] {
  const spans = threadSpans(trace, thread, activities, stretches, sampledEveryUs);
  const resting = restingSpans(spans, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  return subtract(union([...spans.tasks, ...spans.activity]), resting);
}
