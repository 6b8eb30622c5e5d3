import type { Trace } from '../src/trace/trace.js';
import { glob } from './glob.js';
import { samplesBetween } from './rows.js';
import { series } from './series.js';
import { threadClock } from './threadClock.js';
import type { SampledFunction } from './wasmFrames.js';

/** The [start, end) of one iteration on the trace clock, and the thread that owns the call. */
export interface Window {
  readonly thread: number;
  readonly startUs: number;
  readonly endUs: number;
  /** Time in it that the owner was not running, for whatever reason, by the marks at its edges, µs; NaN where they do not tell. */
  readonly offCpuUs: number;
}

export interface FoundWindows {
  readonly windows: readonly Window[];
  readonly setup: Window | null;
  readonly warmup: Window | null;
  /** Where they came from, in words. */
  readonly source: string;
}

const none = (source: string): FoundWindows => ({ windows: [], setup: null, warmup: null, source });

/**
 * Finds the windows: the measures that the user named; else those of the run itself if its id is known; else those of any run of
 * ours that the trace holds; else the measures with the most Wasm samples inside, which is a guess and is called one.
 */
export function findWindows(
  trace: Trace,
  runId: string | null,
  mark: string | null,
  functions: readonly (SampledFunction | null)[],
): FoundWindows {
  const nameOf = trace.tables.userTiming.columns.name;
  if (mark !== null) {
    const matches = glob(mark);
    return { ...none(`user timing named ${mark}`), windows: measures(trace, (row) => matches(nameOf.at(row))) };
  }
  const id = runId ?? runIdIn(trace);
  if (id !== null) {
    const prefix = `inferscope:${id}:`;
    const named = (name: string) => measures(trace, (row) => nameOf.at(row) === name)[0] ?? null;
    return {
      windows: measures(trace, (row) => nameOf.at(row).startsWith(`${prefix}iteration:`)),
      setup: named(`${prefix}setup`),
      warmup: named(`${prefix}warm-up:0`),
      source: 'the run’s own user timing',
    };
  }
  const seriesOf = series(nameOf);
  const guess = busiestSeries(trace, seriesOf, functions);
  if (guess === null) return none('no user timing with Wasm in it');
  return {
    ...none(`user timing named ${guess} (a guess: of all measures it holds the most Wasm samples)`),
    windows: measures(trace, (row) => seriesOf(row) === guess),
  };
}

function runIdIn(trace: Trace): string | null {
  const { name } = trace.tables.userTiming.columns;
  for (const code of new Set(name.codes)) {
    const id = /^inferscope:([\w-]+):iteration:\d+$/.exec(name.strings[code]!)?.[1];
    if (id !== undefined) return id;
  }
  return null;
}

/** Rows of the measures that have an end and a length. Times past 2⁵³ µs are none: doubles cannot tell parts of them. */
function* closedMeasures(trace: Trace): Generator<number> {
  const { columns, length } = trace.tables.userTiming;
  for (let row = 0; row < length; row++) {
    const startUs = columns.startUs[row]!;
    const endUs = startUs + columns.durationUs[row]!;
    const hasLength = columns.unclosed[row] === 0 && startUs < endUs;
    const isTime = startUs >= Number.MIN_SAFE_INTEGER && endUs <= Number.MAX_SAFE_INTEGER;
    if (hasLength && isTime && columns.kind.at(row) !== 'mark') yield row;
  }
}

/** Measures by time; one that overlaps the one before it on its thread is left out: the same time is not counted twice. */
function measures(trace: Trace, wanted: (row: number) => boolean): Window[] {
  const { columns } = trace.tables.userTiming;
  const offCpu = threadClock(trace);
  const endOfThread = new Map<number, number>();
  const windows: Window[] = [];
  for (const row of closedMeasures(trace)) {
    if (!wanted(row)) continue;
    const thread = columns.thread[row]!;
    const startUs = columns.startUs[row]!;
    const endUs = startUs + columns.durationUs[row]!;
    if (startUs < (endOfThread.get(thread) ?? Number.NEGATIVE_INFINITY)) continue;
    endOfThread.set(thread, endUs);
    windows.push({ thread, startUs, endUs, offCpuUs: offCpu(thread, startUs, endUs) });
  }
  return windows;
}

/**
 * The series of measures that hold the most Wasm samples of their thread, or null if none holds any. One that stands alone is taken
 * only if all do: it is more likely to be around all inferences than to be one.
 */
function busiestSeries(
  trace: Trace,
  seriesOf: (row: number) => string,
  functions: readonly (SampledFunction | null)[],
): string | null {
  const { columns } = trace.tables.userTiming;
  const { columns: samples, length } = trace.tables.samples;
  const wasmBefore = new Uint32Array(length + 1);
  for (let row = 0; row < length; row++) wasmBefore[row + 1] = wasmBefore[row]! + (functions[samples.frame[row]!] ? 1 : 0);
  const found = new Map<string, { measures: number; samples: number }>();
  for (const row of closedMeasures(trace)) {
    const startUs = columns.startUs[row]!;
    const [from, to] = samplesBetween(trace, columns.thread[row]!, startUs, startUs + columns.durationUs[row]!);
    const inside = wasmBefore[to]! - wasmBefore[from]!;
    if (inside === 0) continue;
    const one = found.get(seriesOf(row)) ?? { measures: 0, samples: 0 };
    found.set(seriesOf(row), { measures: one.measures + 1, samples: one.samples + inside });
  }
  const all = [...found];
  const repeated = all.filter(([, one]) => one.measures > 1);
  const ranked = (repeated.length > 0 ? repeated : all).sort(([, a], [, b]) => b.samples - a.samples);
  return ranked[0]?.[0] ?? null;
}
