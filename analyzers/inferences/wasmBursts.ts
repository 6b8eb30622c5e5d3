import { rowsOfThread } from '../rows.js';
import type { Search } from './finder.js';
import { type OutermostTask, outermostTasks } from './outermostTasks.js';
import { type Burst, type Piece, splitAtIdle } from './splitAtIdle.js';
import type { ThreadSeries } from './threadSeries.js';
import { wasmEntries } from './wasmEntries.js';

/** Samples further apart than so many intervals: the thread was not running in between. */
const SILENCE = 3;
/** Around Wasm, a task belongs to the inference if it takes at most so many times as long: its inputs are made there, and its outputs used. */
const AROUND = 3;

/** Bursts of Wasm on each thread by its CPU samples, with the tasks that they are in. */
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
  const { pieces, samplingUs } = computing(search, entries, thread);
  if (pieces.length === 0) return null;
  const { bursts, boundary, others } = splitAtIdle(pieces, 2 * samplingUs);
  // Recorded from its first line on, a page has loaded its model too: what comes once may be that.
  if (!boundary && page?.page.fromStart) return null;
  const tasks = outermostTasks(trace, thread);
  const spans = bursts.map((burst, i) => withTasks(burst, bursts[i - 1], bursts[i + 1], others, tasks, samplingUs));
  const inTasks = bursts.filter(({ startUs, endUs }) => taskAt(tasks, (startUs + endUs) / 2) !== null).length;
  return { thread, spans, boundary, hasTasks: inTasks >= bursts.length / 2, what: 'Wasm samples' };
}

/** Samples of Wasm that computes, each standing for one sampling interval. */
function computing(
  { trace, functions }: Search,
  entries: readonly string[],
  thread: number,
): { readonly pieces: Piece[]; readonly samplingUs: number } {
  const { samples, callFrames } = trace.tables;
  const [from, to] = rowsOfThread(samples.columns.thread, thread);
  const at = samples.columns.atUs;
  const distances = Float64Array.from({ length: Math.max(0, to - from - 1) }, (_, i) => at[from + i + 1]! - at[from + i]!).sort();
  const samplingUs = distances[distances.length >> 1] ?? 1000;
  const pieces: Piece[] = [];
  let idleUs = 0;
  for (let row = from; row < to; row++) {
    const frame = samples.columns.frame[row]!;
    const sampled = frame >= 0 ? functions[frame] : null;
    const distanceUs = row > from ? at[row]! - at[row - 1]! : 0;
    const sleeps = sampled ? sampled.class === 'wait' : frame >= 0 && callFrames.columns.function.at(frame) === '(idle)';
    if (sleeps) idleUs += distanceUs;
    else if (distanceUs > SILENCE * samplingUs) idleUs += distanceUs - samplingUs;
    // A function that polls computes nothing, and does not rest.
    if (!sampled || sampled.class === 'wait' || sampled.class === 'spin') continue;
    const startUs = Math.max(at[row]! - samplingUs / 2, pieces.at(-1)?.endUs ?? Number.NEGATIVE_INFINITY);
    pieces.push({ startUs, endUs: at[row]! + samplingUs / 2, entry: entries[frame]!, idleUs });
    idleUs = 0;
  }
  return { pieces, samplingUs };
}

/** The burst with the tasks at its edges, unless they hold something else too, or far more than the burst. */
function withTasks(
  { startUs, endUs }: Burst,
  before: Burst | undefined,
  after: Burst | undefined,
  others: readonly Piece[],
  tasks: readonly OutermostTask[],
  samplingUs: number,
): { readonly startUs: number; readonly endUs: number } {
  const mostUs = AROUND * (endUs - startUs) + 4 * samplingUs;
  const lowUs = Math.max(before?.endUs ?? Number.NEGATIVE_INFINITY, lastBefore(others, startUs)?.endUs ?? Number.NEGATIVE_INFINITY);
  const highUs = Math.min(after?.startUs ?? Number.POSITIVE_INFINITY, firstFrom(others, endUs)?.startUs ?? Number.POSITIVE_INFINITY);
  const first = taskAt(tasks, startUs + samplingUs / 2);
  const last = taskAt(tasks, endUs - samplingUs / 2);
  const takes = (task: OutermostTask | null): task is OutermostTask =>
    task !== null && task.startUs >= lowUs && task.endUs <= highUs && task.endUs - task.startUs <= mostUs;
  return { startUs: takes(first) ? first.startUs : startUs, endUs: takes(last) ? last.endUs : endUs };
}

function taskAt(tasks: readonly OutermostTask[], atUs: number): OutermostTask | null {
  const task = lastBefore(tasks, atUs);
  return task && task.endUs > atUs ? task : null;
}

function firstFrom<T extends { readonly startUs: number }>(sorted: readonly T[], atUs: number): T | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]!.startUs < atUs) low = middle + 1;
    else high = middle;
  }
  return sorted[low];
}

function lastBefore<T extends { readonly startUs: number }>(sorted: readonly T[], atUs: number): T | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]!.startUs <= atUs) low = middle + 1;
    else high = middle;
  }
  return sorted[low - 1];
}
