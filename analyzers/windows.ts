import type { Trace } from '../src/trace/trace.js';
import { lowerBound, rowsOfThread } from './rows.js';
import type { SampledFunction } from './wasmFrames.js';

/** The [start, end) of one iteration on the trace clock, and the thread that owns the call. */
export interface Window {
  readonly thread: number;
  readonly startUs: number;
  readonly endUs: number;
  /** CPU time that the owner had in it, µs; NaN where the trace has no thread times. */
  readonly cpuUs: number;
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
 * Finds the windows: those of the run itself if its id is known; else the measures that the user named; else those of any run of
 * ours that the trace holds; else the measures with the most Wasm samples inside, which is a guess and is called one.
 */
export function findWindows(
  trace: Trace,
  runId: string | null,
  mark: string | null,
  functions: readonly (SampledFunction | null)[],
): FoundWindows {
  if (mark !== null) {
    const named = measures(trace, matcher(mark));
    return { ...none(`user timing named ${mark}`), windows: named };
  }
  const id = runId ?? runIdIn(trace);
  if (id !== null) {
    return {
      windows: measures(trace, (name) => name.startsWith(`inferscope:${id}:iteration:`)),
      setup: measures(trace, (name) => name === `inferscope:${id}:setup`)[0] ?? null,
      warmup: measures(trace, (name) => name === `inferscope:${id}:warm-up:0`)[0] ?? null,
      source: 'the run’s own user timing',
    };
  }
  const guess = busiestMeasure(trace, functions);
  if (guess === null) return none('no user timing with Wasm in it');
  return {
    ...none(`user timing named ${guess} (a guess: of all measures it holds the most Wasm samples)`),
    windows: measures(trace, (name) => stem(name) === guess),
  };
}

/** Names that differ in their numbers only are one series: step-1, step-2, … */
export const stem = (name: string): string => name.replace(/\d+/g, '*');

function matcher(mark: string): (name: string) => boolean {
  const parts = mark.split('*');
  if (parts.length === 1) return (name) => name === mark;
  return (name) => {
    let at = parts[0]!.length;
    if (!name.startsWith(parts[0]!)) return false;
    for (const part of parts.slice(1, -1)) {
      const found = name.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    const last = parts.at(-1)!;
    return name.length - last.length >= at && name.endsWith(last);
  };
}

function runIdIn(trace: Trace): string | null {
  for (const name of new Set(trace.tables.userTiming.columns.name.strings)) {
    const id = /^inferscope:(\w+):iteration:\d+$/.exec(name)?.[1];
    if (id !== undefined) return id;
  }
  return null;
}

/** Closed measures by time; a window that overlaps the one before it on its thread is left out: the same time is not counted twice. */
function measures(trace: Trace, wanted: (name: string) => boolean): Window[] {
  const { columns, length } = trace.tables.userTiming;
  const found: (Window & { name: string })[] = [];
  for (let row = 0; row < length; row++) {
    if (columns.kind.at(row) === 'mark' || columns.unclosed[row] === 1 || !(columns.durationUs[row]! > 0)) continue;
    const name = columns.name.at(row);
    if (!wanted(name)) continue;
    const startUs = columns.startUs[row]!;
    found.push({ name, thread: columns.thread[row]!, startUs, endUs: startUs + columns.durationUs[row]!, cpuUs: Number.NaN });
  }
  found.sort((a, b) => a.startUs - b.startUs);
  const marks = cpuAtMarks(trace);
  const endOfThread = new Map<number, number>();
  const windows: Window[] = [];
  for (const { name, ...window } of found) {
    if (window.startUs < (endOfThread.get(window.thread) ?? Number.NEGATIVE_INFINITY)) continue;
    endOfThread.set(window.thread, window.endUs);
    const marked = (marks.get(`${name}:end`) ?? Number.NaN) - (marks.get(`${name}:start`) ?? Number.NaN);
    windows.push({ ...window, cpuUs: Number.isNaN(marked) ? cpuOfTasks(trace, window) : marked });
  }
  return windows;
}

function cpuAtMarks(trace: Trace): Map<string, number> {
  const { columns, length } = trace.tables.userTiming;
  const marks = new Map<string, number>();
  for (let row = 0; row < length; row++) {
    if (columns.kind.at(row) === 'mark') marks.set(columns.name.at(row), columns.cpuAtUs[row]!);
  }
  return marks;
}

/** CPU time of the outermost slices inside the window; of one that reaches out of it, in proportion. */
function cpuOfTasks(trace: Trace, { thread, startUs, endUs }: Window): number {
  const { columns } = trace.tables.slices;
  const [from, to] = rowsOfThread(columns.thread, thread);
  let cpuUs = 0;
  const last = lowerBound(columns.startUs, endUs, from, to);
  for (let row = from; row < last; row++) {
    if (columns.depth[row] !== 0) continue;
    const start = columns.startUs[row]!;
    const duration = columns.durationUs[row]!;
    const inside = Math.min(start + duration, endUs) - Math.max(start, startUs);
    if (!(inside > 0)) continue;
    cpuUs += (columns.cpuUs[row]! * inside) / duration;
  }
  return cpuUs;
}

/** The stem of the measures that hold the most Wasm samples of their thread, or null if none holds any. */
function busiestMeasure(trace: Trace, functions: readonly (SampledFunction | null)[]): string | null {
  const { columns, length } = trace.tables.userTiming;
  const { columns: samples } = trace.tables.samples;
  const wasm = new Map<string, number>();
  for (let row = 0; row < length; row++) {
    if (columns.kind.at(row) === 'mark' || columns.unclosed[row] === 1) continue;
    const [from, to] = rowsOfThread(samples.thread, columns.thread[row]!);
    const startUs = columns.startUs[row]!;
    const name = stem(columns.name.at(row));
    for (
      let i = lowerBound(samples.atUs, startUs, from, to);
      i < to && samples.atUs[i]! < startUs + columns.durationUs[row]!;
      i++
    ) {
      if (functions[samples.frame[i]!]) wasm.set(name, (wasm.get(name) ?? 0) + 1);
    }
  }
  let best: string | null = null;
  for (const [name, count] of wasm) if (best === null || count > wasm.get(best)!) best = name;
  return best;
}
