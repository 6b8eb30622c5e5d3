import type { Trace } from '../../src/trace/trace.js';
import { contention, familyOf, gpu, runtime, wait } from '../partition/causes/index.js';
import { type AsyncWait, asyncWait, asyncWaitElse, type GpuWait, gpuWait, sliceCause } from '../partition/causes/rules.js';
import { type ActivityPart, type ActivityParts, divided, isMixed } from './activityParts.js';
import type { Activity } from './callStacks.js';
import { byName } from './findSlices.js';
import { usesGpuApi } from './gpu/clients.js';
import { firstReachingInto, firstWhere, lowerBound, rowsOfThread } from './search.js';
import { clip, flatten, overlay, type Span, subtract, union } from './spans.js';

/** When the thread had no task, or slept in a function that waits. It needed no core then. */
export function restingSpans({ activity }: ThreadSpans, startUs: number, endUs: number): Span<unknown>[] {
  return clip(activity, startUs, endUs).filter(
    ({ value }) => value === 'idle' || value === contention.workers.id || value === wait.blocked.id,
  );
}

/** What one thread did in the stretches that the caller asked for. */
export interface ThreadSpans {
  /** By the CPU samples. Slices that are a cause by themselves override samples. In gaps nothing is known. */
  readonly activity: readonly Span<Activity>[];
  /** The sampling gaps: from when a sample was due until the thread was sampled again. */
  readonly silent: readonly Span<null>[];
  /** The outermost slices that are a cause by themselves and have thread times. The value is the fraction off the CPU. */
  readonly causes: readonly Span<number>[];
  /** When it was blocked in a call of a GPU API, and for what. Its activity is idle there. */
  readonly waits: readonly Span<GpuWait>[];
  /** The tasks of its event loop: its outermost slices. */
  readonly tasks: readonly Span<Task>[];
  /** False if the trace has no samples of it. Then nothing is known of its tasks but their slices. */
  readonly isSampled: boolean;
  /** What the thread had waited for, if it had no task before this one; null if the task does not show it. */
  readonly endedBy: (task: Span<Task>) => AsyncWait | null;
}

export interface Task {
  /** Row of slices. */
  readonly row: number;
  /** Wall time of the whole task, µs, even if a span is a part of it. */
  readonly durationUs: number;
  /** CPU time of the whole task, µs; NaN if the trace has none. */
  readonly cpuUs: number;
}

/** A sample stands for the time around it, up to this many sampling intervals on either side. */
const REACH = 10;
/** Two samples with more than this many sampling intervals between them make a sampling gap. A shorter distance is jitter. */
export const SILENCE = 3;

/**
 * What a thread did in some stretches of time. A span that reaches into a stretch is not cut. Time and memory needed are in
 * proportion to the stretches, not to the trace.
 *
 * Each sample stands for the time half-way to its neighbours, within its task. Counting from one sample to the next would favour
 * what comes later. Slices are exact, so they override samples. Time without a sample is idle where the thread has no task.
 * @param stretches sorted, without overlap
 * @param sampledEveryUs sampling interval of the recording, µs; null if not known
 * @param parts call frames whose time is of several causes; a span of them is divided
 */
export function threadSpans(
  trace: Trace,
  thread: number,
  activities: readonly Activity[],
  stretches: readonly Span<unknown>[],
  sampledEveryUs: number | null = null,
  parts: ActivityParts = [],
): ThreadSpans {
  const { columns } = trace.tables.slices;
  const [from, to] = rowsOfThread(columns.thread, thread);
  const usesGpu = usesGpuApi(trace, thread);
  const causeOf = byName(columns.name, (name) => {
    const cause = sliceCause(name);
    // Chrome's own contexts, which paint the page, leave such slices, too.
    return cause !== null && familyOf(cause) === 'gpu' && !usesGpu ? null : cause;
  });
  const waitOf = byName(columns.name, (name) => (usesGpu ? gpuWait(name) : null));
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
      // Sending commands within a blocking call is part of its round trip.
      if (cause === gpu.ipc.id && endUs <= (waits.at(-1)?.endUs ?? Number.NEGATIVE_INFINITY)) continue;
      nested.push({ startUs, endUs, value: cause });
      if (startUs < outermostEndUs) continue;
      outermostEndUs = endUs;
      const offCpu = 1 - columns.cpuUs[row]! / durationUs;
      if (!Number.isNaN(offCpu)) causes.push({ startUs, endUs, value: offCpu });
    }
  }
  const { sampled, silent, isSampled } = sampledSpans<Mixed>(trace, thread, activities, stretches, tasks, sampledEveryUs, {
    of: (frame) => (isMixed(parts[frame]) ? parts[frame] : (activities[frame] ?? 'unattributed')),
    unknown: 'unattributed',
  });
  // Where slices tell when garbage was collected, a sample of it would only stand for time around them.
  const isSliced = nested.some(({ value }) => value === runtime.gc.id);
  const known = isSliced ? sampled.filter(({ value }) => value !== runtime.gc.id) : sampled;
  const mixed = overlay(idleOutside(tasks, known, isSampled ? [] : stretches), flatten<Mixed>(nested));
  return { activity: divided(mixed, silent), silent, causes, waits, tasks, isSampled, endedBy: wakers(trace, thread) };
}

/** What a thread did, or the causes that its function's time is of. */
type Mixed = Activity | readonly ActivityPart[];

/** Returns what the wait before a task was for, by the slices and instants in the task. */
function wakers(trace: Trace, thread: number): ThreadSpans['endedBy'] {
  const { slices, instants } = trace.tables;
  const ofSlice = byName(slices.columns.name, asyncWait);
  const elseOfSlice = byName(slices.columns.name, asyncWaitElse);
  const ofInstant = byName(instants.columns.name, asyncWait);
  const [, lastSlice] = rowsOfThread(slices.columns.thread, thread);
  const [from, to] = rowsOfThread(instants.columns.thread, thread);
  return ({ endUs, value: { row: task } }) => {
    let otherwise: AsyncWait | null = null;
    for (let row = task; row < lastSlice && slices.columns.startUs[row]! < endUs; row++) {
      const ends = ofSlice(row);
      if (ends !== null) return ends;
      otherwise ??= elseOfSlice(row);
    }
    let row = lowerBound(instants.columns.atUs, slices.columns.startUs[task]!, from, to);
    for (; row < to && instants.columns.atUs[row]! < endUs; row++) {
      const ends = ofInstant(row);
      if (ends !== null) return ends;
    }
    return otherwise;
  };
}

/**
 * Adds idle time: a thread without a task is idle, unless a sample says otherwise.
 * @param unsampled stretches of which there are no samples at all
 */
function idleOutside(
  tasks: readonly Span<Task>[],
  sampled: readonly Span<Mixed>[],
  unsampled: readonly Span<unknown>[],
): Span<Mixed>[] {
  if (tasks.length === 0) return [...sampled];
  const unknown = sampled.filter(({ value }) => value === 'unattributed');
  const resting = subtract([...unknown, ...unsampled], tasks).map((span): Span<Mixed> => ({ ...span, value: 'idle' }));
  return overlay(sampled, resting);
}

/**
 * The innermost call frame of a thread at each moment, by rows of callFrames, with each sample standing for the same time as in
 * `threadSpans`; -1 where no sample shows one.
 * @param tasks of the thread, as `threadSpans` has them for these stretches
 */
export function frameSpans(
  trace: Trace,
  thread: number,
  activities: readonly Activity[],
  stretches: readonly Span<unknown>[],
  tasks: readonly Span<unknown>[],
  sampledEveryUs: number | null,
): Span<number>[] {
  const by = { of: (frame: number) => frame, unknown: -1 };
  return sampledSpans(trace, thread, activities, stretches, tasks, sampledEveryUs, by).sampled;
}

/** @param by what is told of a sample, by its call frame, and of time without one */
function sampledSpans<Told>(
  trace: Trace,
  thread: number,
  activities: readonly Activity[],
  stretches: readonly Span<unknown>[],
  tasks: readonly Span<unknown>[],
  sampledEveryUs: number | null,
  by: { readonly of: (frame: number) => Told; readonly unknown: Told },
): { sampled: Span<Told>[]; silent: Span<null>[]; isSampled: boolean } {
  const { columns } = trace.tables.samples;
  const [from, to] = rowsOfThread(columns.thread, thread);
  const at = columns.atUs.subarray(from, to);
  // V8 adds samples to the sampler's. They can only make the measured interval too short.
  const intervalUs = Math.max(samplingUs(at), sampledEveryUs ?? 0);
  const activityOf = (i: number): Activity => activities[columns.frame[from + i]!] ?? 'unattributed';
  const borders = taskBorders(tasks);
  const placeOf = (i: number): number => borders.placeOf(at[i]!);
  const opens = openingSamples(at, activityOf, placeOf, intervalUs);
  /** End of the time that sample i stands for, and begin of the next one's. A sample stands for no time of another task. */
  const between = (i: number): readonly [endUs: number, startUs: number] => {
    const [own, next] = [placeOf(i), placeOf(i + 1)];
    if (own !== next) return [borders.endUs(own), borders.startUs(next)];
    const edgeUs = opens(i) ? at[i]! : (at[i]! + at[i + 1]!) / 2;
    return [edgeUs, edgeUs];
  };
  const reach = REACH * intervalUs;
  const sampled: Span<Told>[] = [];
  const silent: Span<null>[] = [];
  const push = (startUs: number, endUs: number, value: Told): void => {
    if (!(startUs < endUs)) return;
    const last = sampled.at(-1);
    if (last && last.value === value && last.endUs === startUs) sampled[sampled.length - 1] = { ...last, endUs };
    else sampled.push({ startUs, endUs, value });
  };
  let i = 0;
  for (const stretch of stretches) {
    // The samples just outside a stretch may stand for time in it.
    i = Math.max(i, lowerBound(at, stretch.startUs) - 1);
    const last = Math.min(at.length - 1, lowerBound(at, stretch.endUs));
    for (; i <= last; i++) {
      const here = at[i]!;
      if (i > 0 && here - at[i - 1]! > SILENCE * intervalUs)
        silent.push({ startUs: at[i - 1]! + intervalUs, endUs: here, value: null });
      const startUs = i === 0 ? Math.max(borders.startUs(placeOf(i)), here - intervalUs / 2) : between(i - 1)[1];
      const [endUs, nextUs] = i < at.length - 1 ? between(i) : [Math.min(borders.endUs(placeOf(i)), here + intervalUs / 2), here];
      push(Math.max(startUs, here - reach), Math.min(endUs, here + reach), by.of(columns.frame[from + i]!));
      push(endUs, nextUs, by.unknown);
    }
  }
  return { sampled, silent, isSampled: from < to };
}

/** Divides a thread's time into places: its tasks, and the time between two tasks. */
export interface TaskBorders {
  /** Number of the place of a moment. Two moments share it if no task begins or ends between them. */
  placeOf(atUs: number): number;
  /** Begin and end of a place, µs. Infinite before the first task and after the last one. */
  startUs(place: number): number;
  endUs(place: number): number;
}

/** @param tasks by time, without overlap */
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

/** Activities that do not say what a thread works on. */
const NOTHING: ReadonlySet<Activity> = new Set(['idle', 'unattributed']);
/** V8 may take several opening samples in a row. They are closer together than this part of the sampling interval. */
const CLOSE = 0.5;

/**
 * Finds opening samples. V8 takes samples of its own when a thread stops being idle and when a task enters script, before any
 * script runs. They name no function and do not stand for the time after them: that belongs to the next sample of the same task.
 * https://chromium.googlesource.com/v8/v8/+/refs/heads/main/include/v8-profiler.h (CpuProfiler::CollectSample)
 * @param at times of a thread's samples, µs, sorted
 * @param placeOf place of a sample: the same for two samples if no task begins or ends between them
 * @returns whether the time after a sample belongs to the next one
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

/** At most about this many distances are measured, which is enough for a median. */
const DISTANCES = 20_000;
/**
 * No sampler takes samples closer together than this, µs. V8 takes a sample of its own for each console.timeStamp and
 * performance.mark: a page with very many marks would seem to be sampled a hundred times as often as it is.
 */
const LEAST_US = 50;

/**
 * Sampling interval of a thread, µs: the median distance of neighbouring samples. If that is too short for a sampler, it is the
 * median of the distances that are long enough. NaN for fewer than two samples.
 * @param at times of the samples, µs, sorted
 */
export function samplingUs(at: Float64Array): number {
  if (at.length < 2) return Number.NaN;
  const step = Math.ceil((at.length - 1) / DISTANCES);
  const distances: number[] = [];
  for (let i = 0; i + 1 < at.length; i += step) distances.push(at[i + 1]! - at[i]!);
  const distanceUs = medianOf(distances);
  if (distanceUs >= LEAST_US) return distanceUs;
  const bySampler = distances.filter((us) => us >= LEAST_US);
  return bySampler.length > 0 ? medianOf(bySampler) : distanceUs;
}

function medianOf(values: readonly number[]): number {
  return Float64Array.from(values).sort()[values.length >> 1]!;
}

/**
 * When a thread was awake in some stretches of time: it had a task or was sampled at work, and did not wait in Wasm. Empty if the
 * trace says nothing about the thread.
 * @param stretches sorted, without overlap
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
