import { median } from 'simple-statistics';
import type { Trace } from '../../src/trace/trace.js';
import { nearestFrame } from '../activity/nearestFrame.js';
import { rowsOfThread } from '../activity/search.js';
import { SILENCE, samplingUs } from '../activity/threadSpans.js';
import { isWasmAdapter, type SampledFunction } from '../activity/wasmFunctions.js';
import { tasksAlike, withTasks } from './burstTasks.js';
import type { Search } from './finder.js';
import { type Piece, splitAtIdle, type ThreadSeries } from './series.js';
import { type OutermostTask, outermostTasks, taskAt } from './tasks.js';

/** If inferences have fewer samples than this in the median, some may have none. */
const FEW_SAMPLES = 8;
/** Shorter pauses do not count as idle time, µs. */
const LEAST_FLOOR_US = 1000;

/** Bursts of Wasm samples on each thread, extended to the tasks that they are in. */
export function wasmBursts(search: Search): ThreadSeries[] {
  const { trace, functions } = search;
  if (!functions.some((each) => each !== null)) return [];
  const entries = wasmEntries(trace, functions);
  const threads = new Set<number>();
  for (let frame = 0; frame < functions.length; frame++) {
    if (functions[frame]) threads.add(trace.tables.callFrames.columns.thread[frame]!);
  }
  return [...threads].flatMap((thread) => seriesOf(search, entries, thread) ?? []);
}

function seriesOf(search: Search, entries: readonly string[], thread: number): ThreadSeries | null {
  const { trace, page } = search;
  const tasks = outermostTasks(trace, thread);
  const { pieces, intervalUs } = computing(search, entries, thread, tasks);
  if (pieces.length === 0) return null;
  const { bursts, boundary, others } = splitAtIdle(pieces, Math.max(LEAST_FLOOR_US, 2 * intervalUs));
  // A single burst may be the loading of a model, unless the page had loaded it before recording began.
  if (!boundary && page?.page.fromStart !== false) return null;
  const spans = bursts.map((burst, i) => withTasks(burst, bursts[i - 1], bursts[i + 1], others, tasks, intervalUs));
  const isShort = median(spans.map(({ startUs, endUs }) => endUs - startUs)) < FEW_SAMPLES * intervalUs;
  const alike = boundary && isShort ? tasksAlike(trace, thread, spans, tasks, boundary.betweenUs / 2) : [];
  const all = [...spans, ...alike].sort((a, b) => a.startUs - b.startUs);
  const inTasks = bursts.filter(({ startUs, endUs }) => taskAt(tasks, (startUs + endUs) / 2) !== null).length;
  return { thread, spans: all, boundary, hasTasks: inTasks >= bursts.length / 2, what: 'Wasm samples' };
}

/** Samples in computing Wasm and in the script that calls it. Each stands for one sampling interval. */
function computing(
  { trace, functions, page }: Search,
  entries: readonly string[],
  thread: number,
  tasks: readonly OutermostTask[],
): { readonly pieces: Piece[]; readonly intervalUs: number } {
  const { samples, callFrames } = trace.tables;
  const [from, to] = rowsOfThread(samples.columns.thread, thread);
  const at = samples.columns.atUs;
  const distanceUs = samplingUs(at.subarray(from, to));
  const intervalUs = Number.isNaN(distanceUs) ? LEAST_FLOOR_US : Math.max(distanceUs, page?.trace?.samplingIntervalUs ?? 0);
  const pieces: Piece[] = [];
  let idleUs = 0;
  for (let row = from; row < to; row++) {
    const frame = samples.columns.frame[row]!;
    const sampled = frame >= 0 ? functions[frame] : null;
    const sinceUs = row > from ? at[row]! - at[row - 1]! : 0;
    const isIdle = sampled ? sampled.class === 'wait' : frame >= 0 && callFrames.columns.function.at(frame) === '(idle)';
    if (isIdle) idleUs += sinceUs;
    // A sampling gap within a task is not idle time: the thread had no core, or it compiled.
    else if (sinceUs > SILENCE * intervalUs && !((taskAt(tasks, at[row - 1]!)?.endUs ?? 0) > at[row]!))
      idleUs += sinceUs - intervalUs;
    const entry = frame >= 0 ? entries[frame]! : '';
    // Spinning is neither computing nor idle time.
    if (entry === '' || sampled?.class === 'wait' || sampled?.class === 'spin') continue;
    const startUs = Math.max(at[row]! - intervalUs / 2, pieces.at(-1)?.endUs ?? Number.NEGATIVE_INFINITY);
    pieces.push({ startUs, endUs: at[row]! + intervalUs / 2, entry, idleUs });
    idleUs = 0;
  }
  return { pieces, intervalUs };
}

/**
 * Per row of callFrames, the entry by which JavaScript computes in Wasm: the outermost Wasm function on the call stack, such as
 * the export that runs or loads a model. For frames outside Wasm it is the script's function that calls Wasm directly, which
 * makes the inputs and reads the outputs. Empty if the call stack holds neither.
 */
function wasmEntries(trace: Trace, functions: readonly (SampledFunction | null)[]): string[] {
  const { columns, length } = trace.tables.callFrames;
  const keyOf = (row: number): string =>
    `${columns.function.at(row)} ${columns.url.at(row)} ${columns.line[row]} ${columns.column[row]}`;
  const callers = new Set<string>();
  const pastAdapters = nearestFrame(trace, (frame) => !isWasmAdapter(columns.function.at(frame)));
  for (let row = 0; row < length; row++) {
    const parent = pastAdapters(columns.parent[row]!);
    if (functions[row] && parent >= 0 && !functions[parent] && columns.url.at(parent) !== '') callers.add(keyOf(parent));
  }
  const entries: (string | undefined)[] = new Array(length).fill(undefined);
  for (let row = 0; row < length; row++) {
    const path: number[] = [];
    let at = row;
    // A broken trace may hold a call frame that is its own caller: the bound on the length ends the loop.
    while (at >= 0 && entries[at] === undefined && path.length <= length) {
      path.push(at);
      at = columns.parent[at]!;
    }
    let entry = at >= 0 ? entries[at]! : '';
    for (const frame of path.reverse()) {
      const called = functions[frame];
      if (called && !entry.startsWith('wasm ')) entry = `wasm ${called.url} ${called.index ?? called.name}`;
      else if (entry === '' && callers.has(keyOf(frame))) entry = `script ${keyOf(frame)}`;
      entries[frame] = entry;
    }
  }
  return entries as string[];
}
