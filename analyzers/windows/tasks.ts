import type { Trace } from '../../src/trace/trace.js';
import { firstWhere, rowsOfThread } from '../activity/search.js';
import type { ScriptSample } from './measuredSeries.js';

/** The task that is under way at a moment; null where there is none. */
export function taskAt(tasks: readonly OutermostTask[], atUs: number): OutermostTask | null {
  const task = tasks[firstFrom(tasks, atUs) - 1];
  return task && task.endUs > atUs ? task : null;
}

/** Position of the first that begins at a moment or later; they are sorted. */
export function firstFrom(sorted: readonly { readonly startUs: number }[], atUs: number): number {
  return firstWhere(sorted.length, (i) => sorted[i]!.startUs >= atUs);
}

/**
 * Where an inference began, whose inputs are made in the task that it was seen in: with that task, unless it holds something else too, or far more
 * comes before. What a page does behind it in a long task is its own affair.
 * @param lowUs when what came before it ended, and highUs: when the next began
 * @param edgeUs how well its edges are known
 */
export function startInTask(
  { startUs, endUs }: { readonly startUs: number; readonly endUs: number },
  lowUs: number,
  highUs: number,
  tasks: readonly OutermostTask[],
  edgeUs: number,
): number {
  const task = taskAt(tasks, startUs + edgeUs / 2);
  const isOwn =
    task !== null &&
    task.startUs >= lowUs &&
    task.endUs <= highUs &&
    Math.min(startUs - task.startUs, task.busyUs) <= mostAroundUs(startUs, endUs, edgeUs);
  return isOwn ? Math.min(task.startUs, startUs) : startUs;
}

interface Span {
  readonly startUs: number;
  readonly endUs: number;
}

/** What comes behind an inference in its task is the use of its outputs if it takes no longer than this part of it. */
const USE = 0.5;

/** Whether what comes behind an inference in its task is so short that it is the use of its outputs. */
export const usesOutputs = ({ startUs, endUs }: Span, task: OutermostTask): boolean =>
  task.endUs - endUs <= USE * (endUs - startUs);

/**
 * Where an inference ended, whose task takes far longer. Time without a core is on either side of its end: it counts up to where the thread is
 * next seen in a script, and with no such sample not. Time in which the thread works counts as far as it is seen in what other inferences do, too.
 * @param samples of the thread in scripts behind the inference in its task, by time
 * @param isUsual whether other inferences are seen in a function
 */
export function endInTask(
  { startUs, endUs }: Span,
  task: OutermostTask,
  samples: readonly ScriptSample[],
  isUsual: (name: string) => boolean,
): number {
  const seenUs = endUs - Math.max(task.startUs, startUs);
  const busyUs = Math.max(0, task.busyUs - seenUs);
  const isUse = busyUs <= USE * (endUs - startUs);
  const last = samples.findLast(({ name }) => isUse || isUsual(name));
  return Math.max(isUse ? endUs + busyUs : endUs, last?.atUs ?? endUs);
}

export interface OutermostTask {
  readonly startUs: number;
  readonly endUs: number;
  /** CPU time; where the trace has none, as long as it took. */
  readonly busyUs: number;
}

/** The outermost slices of a thread that the trace holds whole, by time: the tasks of its event loop. */
export function outermostTasks(trace: Trace, thread: number): OutermostTask[] {
  const { columns } = trace.tables.slices;
  const [from, to] = rowsOfThread(columns.thread, thread);
  const tasks: OutermostTask[] = [];
  for (let row = from; row < to; row++) {
    if (columns.depth[row] !== 0 || columns.unclosed[row] === 1) continue;
    const startUs = columns.startUs[row]!;
    const durationUs = columns.durationUs[row]!;
    const cpuUs = columns.cpuUs[row]!;
    tasks.push({ startUs, endUs: startUs + durationUs, busyUs: Number.isNaN(cpuUs) ? durationUs : Math.min(cpuUs, durationUs) });
  }
  return tasks;
}

/** Around Wasm, so many times as long belongs to the inference at most: its inputs are made in that task, and its outputs used. */
const AROUND = 3;

/**
 * How much of a task belongs to an inference beside what was seen of it, µs.
 * @param edgeUs how well its edges are known
 */
export const mostAroundUs = (startUs: number, endUs: number, edgeUs: number): number => AROUND * (endUs - startUs) + 4 * edgeUs;
