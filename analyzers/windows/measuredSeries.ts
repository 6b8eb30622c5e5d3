import type { Trace } from '../../src/trace/trace.js';
import { series } from '../activity/scheduling.js';
import { samplesBetween } from '../activity/search.js';
import { union } from '../activity/spans.js';
import type { Window } from '../activity/window.js';
import type { Finder, Search } from './finder.js';
import { recordedUntilUs } from './inRecording.js';
import { closedMeasures, measureWindows } from './measures.js';

/** In a watched page, measures count as inferences only if their fit (see `fitOf`) is at least this. */
const FITS = 0.8;

/**
 * The series of measures that hold the most Wasm samples of their thread. This is a guess. A watched page may measure anything:
 * there, nearly all measures must hold Wasm, and nearly all Wasm since the first measure must be in them. Otherwise `bursts` is
 * tried next.
 */
export const measuredSeries: Finder = {
  looksFor: () => 'user timing with Wasm in it',
  isFinal: () => false,
  find: (search) => {
    const { trace, page } = search;
    const seriesOf = series(trace.tables.userTiming.columns.name);
    const before = wasmBefore(search);
    const guess = busiestSeries(search, seriesOf, before);
    if (guess === null) return null;
    const windows = measureWindows(trace, (row) => seriesOf(row) === guess, recordedUntilUs(search));
    if (windows.length === 0) return null;
    const fit = fitOf(trace, windows, before);
    const begins = new Set(windows.map(({ startUs }) => startUs));
    if (page && (begins.size < 2 || fit < FITS)) return null;
    return {
      windows,
      setup: null,
      warmup: null,
      source: `user timing named ${guess} (a guess: of all measures it holds the most Wasm samples)`,
      confidence: 0.9 * fit,
      confidenceWhy: `A measure with Wasm in it, where no other holds more: ${(fit * 100).toFixed(0)} % of what should be together is.`,
    };
  },
};

/**
 * How well measures and Wasm fit together, from 0 to 1. It is the smaller of two parts: of the measures, those that hold Wasm; of
 * the Wasm samples on their threads since the first measure, those in measures.
 */
function fitOf(trace: Trace, windows: readonly Window[], before: Uint32Array): number {
  const wasmIn = (thread: number, { startUs, endUs }: Span): number => {
    const [from, to] = samplesBetween(trace, thread, startUs, endUs);
    return before[to]! - before[from]!;
  };
  let inside = 0;
  let all = 0;
  for (const thread of new Set(windows.map((window) => window.thread))) {
    const own = windows.filter((window) => window.thread === thread);
    // Where they overlap, a sample is in two of them.
    for (const span of union(own)) inside += wasmIn(thread, span);
    all += wasmIn(thread, { startUs: own[0]!.startUs, endUs: Number.POSITIVE_INFINITY });
  }
  const holding = windows.filter((window) => wasmIn(window.thread, window) > 0).length / windows.length;
  return Math.min(holding, all > 0 ? inside / all : 0);
}

/** Number of Wasm samples before each row of samples. */
function wasmBefore({ trace, functions }: Search): Uint32Array {
  const { columns, length } = trace.tables.samples;
  const before = new Uint32Array(length + 1);
  for (let row = 0; row < length; row++) before[row + 1] = before[row]! + (functions[columns.frame[row]!] ? 1 : 0);
  return before;
}

/**
 * The series of measures that hold the most Wasm samples of their thread, or null if none holds any. A measure that occurs once
 * is taken only if no series recurs: it more likely spans all inferences than one.
 */
function busiestSeries(search: Search, seriesOf: (row: number) => string, before: Uint32Array): string | null {
  const { trace } = search;
  const { columns } = trace.tables.userTiming;
  const found = new Map<string, { measures: number; samples: number }>();
  for (const row of closedMeasures(trace, recordedUntilUs(search))) {
    const startUs = columns.startUs[row]!;
    const [from, to] = samplesBetween(trace, columns.thread[row]!, startUs, startUs + columns.durationUs[row]!);
    const inside = before[to]! - before[from]!;
    if (inside === 0) continue;
    const one = found.get(seriesOf(row)) ?? { measures: 0, samples: 0 };
    found.set(seriesOf(row), { measures: one.measures + 1, samples: one.samples + inside });
  }
  const all = [...found];
  const repeated = all.filter(([, one]) => one.measures > 1);
  const ranked = (repeated.length > 0 ? repeated : all).sort(([, a], [, b]) => b.samples - a.samples);
  return ranked[0]?.[0] ?? null;
}

interface Span {
  readonly startUs: number;
  readonly endUs: number;
}

/** A sample of a thread in a function of a script. */
export interface ScriptSample {
  readonly atUs: number;
  /** Name and URL of the function. Untrusted text. */
  readonly name: string;
}

/** Samples of a thread in functions of scripts, by time. V8 itself and browser functions, such as setTimeout, are left out. */
export function* scriptsSampled(trace: Trace, thread: number, { startUs, endUs }: Span): Generator<ScriptSample> {
  const { samples, callFrames } = trace.tables;
  const [from, to] = samplesBetween(trace, thread, startUs, endUs);
  for (let row = from; row < to; row++) {
    const frame = samples.columns.frame[row]!;
    const url = frame < 0 ? '' : callFrames.columns.url.at(frame);
    if (url !== '') yield { atUs: samples.columns.atUs[row]!, name: `${callFrames.columns.function.at(frame)} ${url}` };
  }
}
