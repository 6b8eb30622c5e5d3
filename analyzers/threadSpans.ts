import type { Trace } from '../src/trace/trace.js';
import type { CauseId } from './causes.js';
import type { Activity } from './frameActivities.js';
import { rowsOfThread } from './rows.js';
import { sliceCause } from './sliceCause.js';
import { flatten, overlay, type Span } from './spans.js';

/** What one thread did over the whole trace. */
export interface ThreadSpans {
  /** By the CPU samples, and over them by the slices that are a cause by themselves. Gaps: nothing is known. */
  readonly activity: readonly Span<Activity>[];
  /** When a sample was due and none came until the thread ran again. */
  readonly silent: readonly Span<null>[];
  /** Its outermost slices: the tasks of its event loop. */
  readonly tasks: readonly Span<Task>[];
}

export interface Task {
  /** Row of slices. */
  readonly row: number;
  /** Wall time of the whole task, µs, however much of it a span holds. */
  readonly durationUs: number;
  /** CPU time of the whole task, µs; NaN where the trace has none. */
  readonly cpuUs: number;
}

/** A sample stands for the time around it, but for no longer than this many sampling intervals on either side. */
const REACH = 10;
/** The thread was silent where two samples are further apart than this many sampling intervals; fewer is jitter. */
const SILENCE = 3;

/**
 * Each sample stands for the time half-way to its neighbours: unlike "from this sample to the next" that favours neither what
 * comes before nor after. Slices are exact, so they count where they are.
 */
export function threadSpans(trace: Trace, thread: number, activities: readonly Activity[]): ThreadSpans {
  const { sampled, silent } = sampledSpans(trace, thread, activities);
  const { columns } = trace.tables.slices;
  const [from, to] = rowsOfThread(columns.thread, thread);
  const causeOfName = new Map<number, CauseId | null>();
  const nested: Span<Activity>[] = [];
  const tasks: Span<Task>[] = [];
  for (let row = from; row < to; row++) {
    const startUs = columns.startUs[row]!;
    const durationUs = columns.durationUs[row]!;
    if (!(durationUs > 0)) continue;
    const endUs = startUs + durationUs;
    if (columns.depth[row] === 0) tasks.push({ startUs, endUs, value: { row, durationUs, cpuUs: columns.cpuUs[row]! } });
    const code = columns.name.codes[row]!;
    let cause = causeOfName.get(code);
    if (cause === undefined) {
      cause = sliceCause(columns.name.strings[code]!);
      causeOfName.set(code, cause);
    }
    if (cause !== null) nested.push({ startUs, endUs, value: cause });
  }
  return { activity: overlay(sampled, flatten(nested)), silent, tasks };
}

function sampledSpans(
  trace: Trace,
  thread: number,
  activities: readonly Activity[],
): { sampled: Span<Activity>[]; silent: Span<null>[] } {
  const { columns } = trace.tables.samples;
  const [from, to] = rowsOfThread(columns.thread, thread);
  const at = columns.atUs.subarray(from, to);
  const samplingUs = medianDistance(at);
  const reach = REACH * samplingUs;
  const sampled: Span<Activity>[] = [];
  const silent: Span<null>[] = [];
  for (let i = 0; i < at.length; i++) {
    const here = at[i]!;
    const startUs = i === 0 ? here - samplingUs / 2 : Math.max((at[i - 1]! + here) / 2, here - reach);
    const endUs = i === at.length - 1 ? here + samplingUs / 2 : Math.min((here + at[i + 1]!) / 2, here + reach);
    if (i > 0 && here - at[i - 1]! > SILENCE * samplingUs)
      silent.push({ startUs: at[i - 1]! + samplingUs, endUs: here, value: null });
    if (!(startUs < endUs)) continue;
    const value = activities[columns.frame[from + i]!] ?? 'unattributed';
    const last = sampled.at(-1);
    if (last && last.value === value && last.endUs === startUs)
      sampled[sampled.length - 1] = { startUs: last.startUs, endUs, value };
    else sampled.push({ startUs, endUs, value });
  }
  return { sampled, silent };
}

/** NaN for fewer than two. */
function medianDistance(at: Float64Array): number {
  if (at.length < 2) return Number.NaN;
  const distances = new Float64Array(at.length - 1);
  for (let i = 1; i < at.length; i++) distances[i - 1] = at[i]! - at[i - 1]!;
  distances.sort();
  return distances[distances.length >> 1]!;
}
