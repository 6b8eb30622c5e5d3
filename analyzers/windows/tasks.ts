import type { Trace } from '../../src/trace/trace.js';
import { firstWhere, rowsOfThread } from '../activity/search.js';
import type { ScriptSample } from './measuredSeries.js';

/** The task that runs at a moment, or null. */
export function taskAt(tasks: readonly OutermostTask[], atUs: number): OutermostTask | null {
  const task = tasks[firstFrom(tasks, atUs) - 1];
  return task && task.endUs > atUs ? task : null;
}

/** Position of the first element that begins at a moment or later. The elements are sorted by time. */
export function firstFrom(sorted: readonly { readonly startUs: number }[], atUs: number): number {
  return firstWhere(sorted.length, (i) => sorted[i]!.startUs >= atUs);
}

/**
 * When an inference began, µs. Its inputs are made in the task that it was seen in, so it begins with that task. It does not if
 * the task also holds something else, or if far more work precedes it there. Work after it in the task does not matter.
 * @param lowUs when the previous work ended, and `highUs`: when the next one began
 * @param edgeUs uncertainty of the span's edges, µs
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

/** Work after an inference in its task uses its outputs if it takes at most this part of the inference's time. */
const USE = 0.5;

/** Whether the rest of the task after an inference is short enough to be the use of its outputs. */
export const usesOutputs = ({ startUs, endUs }: Span, task: OutermostTask): boolean =>
  task.endUs - endUs <= USE * (endUs - startUs);

/**
 * When an inference ended, µs, if its task takes far longer. Time without a core may lie before or after that end: it counts up
 * to the last sample of a script, and not at all without one. Work counts up to the last sample of a function that is usual.
 * @param samples samples of the thread in scripts after the inference in its task, by time
 * @param isUsual whether a function was sampled in other inferences
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
  /** CPU time, µs; without thread times in the trace, the task's wall time. */
  readonly busyUs: number;
}

/** The tasks of a thread's event loop, by time: its outermost slices. Slices without an end are left out. */
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

/** At most this many times the time in Wasm belongs to an inference around it: its inputs are made and its outputs used there. */
const AROUND = 3;

/**
 * How much of a task may belong to an inference outside its span, µs.
 * @param edgeUs uncertainty of the span's edges, µs
 */
export const mostAroundUs = (startUs: number, endUs: number, edgeUs: number): number => AROUND * (endUs - startUs) + 4 * edgeUs;
