import type { Scheduling } from '../src/bundle/scheduling.js';
import type { Trace } from '../src/trace/trace.js';
import { lowerBound } from './rows.js';

/** The kernel's account of one thread. */
export interface KernelThread {
  /** Row of threads; -1 if the trace has no such thread. */
  readonly row: number;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** On a core in these stretches, µs. */
  ranUs(stretches: readonly Stretch[]): number;
  /** Runnable without one in these stretches, µs. */
  waitedUs(stretches: readonly Stretch[]): number;
}

interface Stretch {
  readonly startUs: number;
  readonly endUs: number;
}

/**
 * What the kernel says of every thread that was watched. Its figures are read every so many milliseconds and interpolated in between,
 * so they are exact over many windows and not within one. https://www.kernel.org/doc/html/latest/scheduler/sched-stats.html
 */
export function kernelFigures(trace: Trace, { threads, samples }: Scheduling): KernelThread[] {
  const { pid, tid } = trace.tables.threads.columns;
  const series = threads.map(() => ({ atUs: [] as number[], ranUs: [] as number[], waitedUs: [] as number[] }));
  samples.thread.forEach((thread, i) => {
    const own = series[thread];
    if (!own) return;
    own.atUs.push(samples.atUs[i]!);
    own.ranUs.push(samples.ranUs[i]!);
    own.waitedUs.push(samples.waitedUs[i]!);
  });
  return threads.map((known, index) => {
    const { atUs, ranUs, waitedUs } = series[index]!;
    return {
      row: pid.findIndex((each, i) => each === known.pid && (tid[i] === known.tid || tid[i] === known.traceTid)),
      name: known.name,
      pid: known.pid,
      tid: known.tid,
      ranUs: (stretches) => growth(atUs, ranUs, stretches),
      waitedUs: (stretches) => growth(atUs, waitedUs, stretches),
    };
  });
}

/** Growth of a sum during the stretches, between readings in proportion. */
function growth(atUs: readonly number[], sum: readonly number[], stretches: readonly Stretch[]): number {
  return stretches.reduce((total, { startUs, endUs }) => total + valueAt(atUs, sum, endUs) - valueAt(atUs, sum, startUs), 0);
}

function valueAt(atUs: readonly number[], sum: readonly number[], timeUs: number): number {
  const after = lowerBound(atUs, timeUs);
  if (after === 0) return sum[0] ?? 0;
  if (after === atUs.length) return sum[after - 1]!;
  const part = (timeUs - atUs[after - 1]!) / (atUs[after]! - atUs[after - 1]!);
  return sum[after - 1]! + part * (sum[after]! - sum[after - 1]!);
}
