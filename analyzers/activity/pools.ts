import type { Trace } from '../../src/trace/trace.js';
import { wait } from '../partition/causes/index.js';
import { builtins } from '../partition/causes/rules.js';
import { nearestFrame } from './nearestFrame.js';
import { rowsOfThread } from './search.js';
import { type Span, union } from './spans.js';
import type { SampledFunction, WasmFunctions } from './wasmFunctions.js';

/** A thread of a pool does not come back from Wasm: this share of its samples is there, from the first one in Wasm on. */
const STAYS = 0.99;
/** Fewer samples prove nothing. */
export const LEAST_SAMPLES = 10;

/** The Wasm on the call stacks; by row of callFrames, -1 for none. */
export interface Stacks {
  /** The innermost Wasm function of a stack. A script that it calls is a part of what it does. */
  readonly innermost: (frame: number) => SampledFunction | null;
  /** The Wasm function that calls the innermost one, whatever is between. */
  readonly callerOf: (frame: number) => SampledFunction | null;
  /** The function by which Wasm was entered. */
  readonly entry: (frame: number) => SampledFunction | null;
  /** Outside Wasm: in a script, or without a task. V8's own frames show neither. */
  readonly isOutside: (frame: number) => boolean;
  /** Known to sleep. */
  readonly isWaiting: (frame: number) => boolean;
  readonly isWasm: (frame: number) => boolean;
}

export function wasmStacks(trace: Trace, functions: WasmFunctions['functions']): Stacks {
  const { columns } = trace.tables.callFrames;
  const parentOf = (frame: number): number => (frame < 0 ? -1 : columns.parent[frame]!);
  const at = (frame: number): SampledFunction | null => (frame < 0 ? null : functions[frame]!);
  const inWasm = nearestFrame(trace, (frame) => functions[frame] !== null);
  const inScript = nearestFrame(trace, (frame) => columns.url.at(frame) !== '');
  const entered = nearestFrame(trace, (frame) => functions[frame] !== null && inWasm(parentOf(frame)) < 0);
  return {
    innermost: (frame) => at(inWasm(frame)),
    callerOf: (frame) => at(inWasm(parentOf(inWasm(frame)))),
    entry: (frame) => at(entered(frame)),
    isOutside: (frame) => frame >= 0 && inWasm(frame) < 0 && (inScript(frame) >= 0 || columns.function.at(frame) === '(idle)'),
    isWaiting: (frame) => {
      if (frame < 0) return false;
      const own = functions[frame];
      return own ? own.class === 'wait' : builtins.get(columns.function.at(frame)) === wait.blocked.id;
    },
    isWasm: (frame) => frame >= 0 && functions[frame] !== null,
  };
}

/** Threads that entered Wasm by the same function and do not come back from it, and when others of their process were in Wasm. */
export interface Pool {
  /** Rows of threads. */
  readonly workers: readonly number[];
  /** The other threads of the process. */
  readonly others: readonly number[];
  /** When any of these may have been in Wasm: sorted, without overlap. */
  readonly calls: readonly Span<unknown>[];
}

interface Process {
  readonly byEntry: Map<SampledFunction, number[]>;
  readonly others: number[];
}

export function poolsOf(trace: Trace, stacks: Stacks): Pool[] {
  const { pid } = trace.tables.threads.columns;
  const byProcess = new Map<number, Process>();
  for (const thread of new Set(trace.tables.callFrames.columns.thread)) {
    const process: Process = byProcess.get(pid[thread]!) ?? { byEntry: new Map(), others: [] };
    byProcess.set(pid[thread]!, process);
    const entry = entryForGood(trace, stacks, thread);
    const alike = entry ? (process.byEntry.get(entry) ?? []) : process.others;
    alike.push(thread);
    if (entry) process.byEntry.set(entry, alike);
  }
  return [...byProcess.values()].flatMap(({ byEntry, others }) => {
    if (byEntry.size === 0) return [];
    const calls = union(others.flatMap((thread) => callsOf(trace, stacks, thread)));
    return [...byEntry.values()].map((workers) => ({ workers, others, calls }));
  });
}

/** The function by which a thread entered Wasm for good; null if it comes back, as one does that is called. */
function entryForGood(trace: Trace, { entry, isOutside }: Stacks, thread: number): SampledFunction | null {
  const counts = new Map<SampledFunction, number>();
  let inside = 0;
  let outside = 0;
  for (const frame of framesOf(trace, thread)) {
    const entered = entry(frame);
    if (entered) {
      inside++;
      counts.set(entered, (counts.get(entered) ?? 0) + 1);
    } else if (inside > 0 && isOutside(frame)) outside++;
  }
  if (inside < LEAST_SAMPLES || inside < STAYS * (inside + outside)) return null;
  return [...counts].reduce((most, each) => (each[1] > most[1] ? each : most))[0];
}

function framesOf(trace: Trace, thread: number): Int32Array {
  const { columns } = trace.tables.samples;
  const [from, to] = rowsOfThread(columns.thread, thread);
  return columns.frame.subarray(from, to);
}

/** When a thread that is in Wasm at times may have been there: from the last sample that shows it elsewhere to the next one. */
function callsOf(trace: Trace, { innermost, isOutside }: Stacks, thread: number): Span<null>[] {
  const { columns } = trace.tables.samples;
  const [from, to] = rowsOfThread(columns.thread, thread);
  const calls: Span<null>[] = [];
  let elsewhereUs = Number.NEGATIVE_INFINITY;
  let isInside = true;
  let isEverInside = false;
  for (let row = from; row < to; row++) {
    const frame = columns.frame[row]!;
    if (innermost(frame)) isInside = isEverInside = true;
    else if (isOutside(frame)) {
      const atUs = columns.atUs[row]!;
      if (isInside) calls.push({ startUs: elsewhereUs, endUs: atUs, value: null });
      elsewhereUs = atUs;
      isInside = false;
    }
  }
  calls.push({ startUs: elsewhereUs, endUs: Number.POSITIVE_INFINITY, value: null });
  return isEverInside ? calls : [];
}
