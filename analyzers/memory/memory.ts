import type { MemoryLog, MemoryPhaseId } from '../../src/bundle/memoryLog.js';

/** Memory over the memory pass: one run in a fresh browser, from the blank page until everything was disposed of. */
export interface MemoryUse {
  /** Size of the model's files. */
  readonly modelBytes: number;
  /** Tensors that were alive, as the framework counts them; null where it does not. */
  readonly live: MemoryPeak | null;
  /** What the page held: JavaScript heap, array buffers and Wasm memory, including memory without live tensors. */
  readonly held: MemoryPeak | null;
  /** Proportional set size of the page's process; null where the system does not report it. */
  readonly process: MemoryPeak | null;
  readonly gpuProcess: MemoryPeak | null;
  /** One time axis for all series, ms from the start of the pass. */
  readonly timesMs: readonly number[];
  readonly series: readonly MemorySeries[];
  readonly phases: readonly MemoryPhase[];
}

export interface MemoryPeak {
  readonly peakBytes: number;
  /** Title of the phase that the peak falls into. */
  readonly phase: string;
  /** Peak over the model's size. */
  readonly ratio: number;
  /** After everything was disposed of and garbage collected; null where the run did not get that far. */
  readonly afterBytes: number | null;
}

export interface MemorySeries {
  readonly id: 'tensors' | 'wasm' | 'jsHeap' | 'arrayBuffers' | 'process' | 'gpuProcess' | 'gpuBuffers';
  readonly title: string;
  /** As long as the time axis; null where there is no reading at that time. */
  readonly bytes: readonly (number | null)[];
}

export interface MemoryPhase {
  readonly title: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Peak of each series in the phase, by the id of the series; null where no reading falls into it. */
  readonly peakBytes: Readonly<Record<string, number | null>>;
}

/**
 * A run's memory, from the memory pass. Two sums are compared with the model's size:
 *
 * - *live*: the tensors that were alive, weights included, as the framework counts them. What the run needs.
 * - *held*: the JavaScript heap as V8 holds it (with its free space), array buffers outside of it, and Wasm memory. What the run
 *   takes. These three do not overlap: see collectors/memory/watchHeaps.ts. Tensors live in one of them and are not added again.
 *
 * The two sums may differ widely: Wasm memory never shrinks, its allocator keeps freed memory, and V8 frees late. A published
 * peak of 334.6 times the model's size (ESRGAN, TF.js Wasm) is `totalJSHeapSize`, which is of the held kind, over several models
 * in one page; the live tensors were 11.8 times. The process's size covers all of this memory that was touched, and the browser
 * itself.
 *
 * @param modelBytes size of the model's files, with external weights
 * @returns null if the pass ended before any reading
 */
export function memoryUse(log: MemoryLog, modelBytes: number): MemoryUse | null {
  const { processes, heaps, page, phases } = log;
  const wasm = page.wasmBytes.some((bytes) => bytes > 0) ? readings(page.atMs, page.wasmBytes) : null;
  const jsHeap = readings(heaps.atMs, heaps.totalBytes);
  const arrayBuffers = readings(heaps.atMs, heaps.arrayBufferBytes);
  const found: Readonly<Record<MemorySeries['id'], Readings | null>> = {
    tensors: readings(page.atMs, page.tensorBytes),
    wasm,
    jsHeap,
    arrayBuffers,
    process: processes && readings(processes.atMs, processes.pageBytes),
    gpuProcess: processes && readings(processes.atMs, processes.gpuBytes),
    gpuBuffers: readings(page.atMs, page.gpuBytes),
  };
  const sources = SERIES.flatMap(({ id, title }) => (found[id] ? [{ id, title, source: found[id] }] : []));
  if (sources.length === 0 || phases.length === 0) return null;
  const timesMs = [...new Set(sources.flatMap(({ source }) => source.atMs))].sort((a, b) => a - b);
  const series = sources.map(({ id, title, source }) => ({ id, title, bytes: onAxis(source, timesMs) }));
  const held = sumOf([wasm, jsHeap, arrayBuffers].filter((source) => source !== null));
  const peak = (source: Readings | null) => source && memoryPeak(source, phases, modelBytes);
  return {
    modelBytes,
    live: peak(found.tensors),
    held: peak(held),
    process: peak(found.process),
    gpuProcess: peak(found.gpuProcess),
    timesMs,
    series,
    phases: phases.map((phase) => phaseOf(phase, timesMs, series)),
  };
}

/** In the order of display. */
const SERIES: readonly { readonly id: MemorySeries['id']; readonly title: string }[] = [
  { id: 'process', title: 'Page’s process' },
  { id: 'gpuProcess', title: 'GPU process' },
  { id: 'wasm', title: 'Wasm memory' },
  { id: 'arrayBuffers', title: 'Array buffers' },
  { id: 'jsHeap', title: 'JavaScript heap' },
  { id: 'gpuBuffers', title: 'GPU buffers and textures' },
  { id: 'tensors', title: 'Living tensors' },
];

function phaseOf(
  { phase, startMs, endMs }: MemoryLog['phases'][number],
  timesMs: readonly number[],
  series: readonly MemorySeries[],
): MemoryPhase {
  const peakBytes: Record<string, number | null> = {};
  for (const { id, bytes } of series) {
    const inside = bytes.filter((value, place): value is number => {
      return value !== null && timesMs[place]! >= startMs && timesMs[place]! <= endMs;
    });
    peakBytes[id] = inside.length === 0 ? null : inside.reduce((most, value) => Math.max(most, value), 0);
  }
  return { title: phaseTitles[phase], startMs, endMs, peakBytes };
}

/**
 * Puts readings on a time axis that contains all of their times; null at the other times. Of two readings at the same time the
 * higher counts.
 */
export function onAxis({ atMs, bytes }: Readings, axisMs: readonly number[]): (number | null)[] {
  const placeOf = new Map(axisMs.map((at, place) => [at, place]));
  const values = new Array<number | null>(axisMs.length).fill(null);
  atMs.forEach((at, row) => {
    const place = placeOf.get(at)!;
    values[place] = Math.max(values[place] ?? 0, bytes[row] ?? 0);
  });
  return values;
}

/**
 * Sums several sources that were read at different times. Each source keeps its last value until its next reading, and counts as
 * nothing before its first one.
 */
export function sumOf(sources: readonly Readings[]): Readings | null {
  if (sources.length === 0) return null;
  const atMs = [...new Set(sources.flatMap((source) => source.atMs))].sort((a, b) => a - b);
  const bytes = new Array<number>(atMs.length).fill(0);
  for (const source of sources) {
    let last = 0;
    onAxis(source, atMs).forEach((value, place) => {
      last = value ?? last;
      bytes[place]! += last;
    });
  }
  return { atMs, bytes };
}

/** Readings of one source, ordered by time. */
export interface Readings {
  readonly atMs: readonly number[];
  /** Null where it reported nothing. */
  readonly bytes: readonly (number | null)[];
}

/** The rows that have a reading, ordered by time; null if there is none. */
export function readings(atMs: readonly number[], bytes: readonly (number | null)[]): Readings | null {
  const rows = atMs.map((at, row) => [at, bytes[row] ?? null] as const).filter(([, value]) => value !== null);
  if (rows.length === 0) return null;
  rows.sort(([a], [b]) => a - b);
  return { atMs: rows.map(([at]) => at), bytes: rows.map(([, value]) => value) };
}

/** Titles of the phases of the memory pass. */
export const phaseTitles: Readonly<Record<MemoryPhaseId, string>> = {
  blank: 'Blank page',
  load: 'Loading',
  setup: 'Setup',
  'warm-up': 'Warm-up',
  prediction: 'Predictions',
  dispose: 'Disposing',
  after: 'Afterwards',
};

/** The first time of the peak, the phase that this falls into, and the value at the end. */
export function memoryPeak({ atMs, bytes }: Readings, phases: MemoryLog['phases'], modelBytes: number): MemoryPeak {
  let highest = 0;
  bytes.forEach((value, row) => {
    if ((value ?? 0) > (bytes[highest] ?? 0)) highest = row;
  });
  const peakBytes = bytes[highest] ?? 0;
  const atPeakMs = atMs[highest]!;
  // A time between two phases belongs to the earlier one.
  const phase = phases.findLast(({ startMs }) => startMs <= atPeakMs) ?? phases[0];
  const after = phases.find(({ phase }) => phase === 'after');
  return {
    peakBytes,
    phase: phase ? phaseTitles[phase.phase] : 'unknown',
    ratio: peakBytes / modelBytes,
    afterBytes: after && atMs.at(-1)! >= after.startMs ? (bytes.at(-1) ?? null) : null,
  };
}
