import type { Trace } from '../src/trace/trace.js';
import { lowerBound } from './rows.js';

/** A mark tells the CPU time of the window's edge if it is at most this far from it, µs: performance.measure() notes no CPU time itself. */
const NEAR_US = 200;

/**
 * Time of a thread between two moments in which it was not running, µs: wall time minus CPU time, both taken between the user-timing
 * marks nearest to them. NaN where no mark is near, or the trace has no thread times.
 */
export type OffCpu = (thread: number, startUs: number, endUs: number) => number;

export function threadClock(trace: Trace): OffCpu {
  const { columns, length } = trace.tables.userTiming;
  const marksOf = new Map<number, { readonly atUs: number[]; readonly cpuUs: number[] }>();
  for (let row = 0; row < length; row++) {
    const cpuUs = columns.cpuAtUs[row]!;
    if (Number.isNaN(cpuUs)) continue;
    const thread = columns.thread[row]!;
    const marks = marksOf.get(thread) ?? { atUs: [], cpuUs: [] };
    marks.atUs.push(columns.startUs[row]!);
    marks.cpuUs.push(cpuUs);
    marksOf.set(thread, marks);
  }
  return (thread, startUs, endUs) => {
    const marks = marksOf.get(thread);
    if (!marks) return Number.NaN;
    const start = nearest(marks.atUs, startUs);
    const end = nearest(marks.atUs, endUs);
    if (start < 0 || end <= start) return Number.NaN;
    return marks.atUs[end]! - marks.atUs[start]! - (marks.cpuUs[end]! - marks.cpuUs[start]!);
  };
}

function nearest(atUs: readonly number[], timeUs: number): number {
  const after = lowerBound(atUs, timeUs);
  const before = after - 1;
  const row = after < atUs.length && !(timeUs - atUs[before]! <= atUs[after]! - timeUs) ? after : before;
  return row >= 0 && Math.abs(atUs[row]! - timeUs) <= NEAR_US ? row : -1;
}
