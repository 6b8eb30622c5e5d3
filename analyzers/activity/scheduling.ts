import type { Scheduling } from '../../src/bundle/scheduling.js';
import type { Dictionary } from '../../src/table/schema.js';
import type { Trace } from '../../src/trace/trace.js';
import { fact } from '../input.js';
import { lowerBound } from './search.js';
import { lengthWithin, type Span, union } from './spans.js';

/** Scheduling of one thread, by the operating system's scheduler. */
export interface ScheduledThread {
  /** Row of threads; -1 if the trace has no such thread. */
  readonly row: number;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  during(stretches: readonly Stretch[]): SchedulerTimes;
}

export interface SchedulerTimes {
  /** Time on a core, µs. */
  readonly ranUs: number;
  /** Run-queue wait, µs. */
  readonly waitedUs: number;
}

interface Stretch {
  readonly startUs: number;
  readonly endUs: number;
}

/** Readings of the scheduler's counters of one thread: sums since the thread began, µs. */
interface Readings {
  readonly atUs: number[];
  readonly ranUs: number[];
  readonly waitedUs: number[];
}

/**
 * Scheduling of every recorded thread. The scheduler's counters are read every few milliseconds, so their growth between two
 * readings is distributed. Running time goes to the time in which the trace shows the thread awake. Run-queue wait gets the rest
 * of the awake time. What exceeds it goes to the time asleep, where a thread may wait to be woken for a task. So the figures hold
 * over many windows, not within one.
 *
 * Source: https://www.kernel.org/doc/html/latest/scheduler/sched-stats.html
 * @param awakeOf when a thread was awake in some stretches: spans that are sorted and do not overlap. If it returns none, growth
 *   counts in proportion to time
 */
export function threadScheduling(
  trace: Trace,
  { threads, samples }: Scheduling,
  awakeOf: (thread: number, stretches: readonly Span<unknown>[]) => readonly Span<unknown>[],
): ScheduledThread[] {
  const { pid, tid } = trace.tables.threads.columns;
  const series = threads.map((): Readings => ({ atUs: [], ranUs: [], waitedUs: [] }));
  samples.thread.forEach((thread, i) => {
    const own = series[thread];
    if (!own) return;
    own.atUs.push(samples.atUs[i]!);
    own.ranUs.push(samples.ranUs[i]!);
    own.waitedUs.push(samples.waitedUs[i]!);
  });
  return threads.map((known, index) => {
    const row = pid.findIndex((each, i) => each === known.pid && (tid[i] === known.tid || tid[i] === known.traceTid));
    const readings = inTime(series[index]!);
    const awakeIn = (around: readonly Span<unknown>[]): readonly Span<unknown>[] => (row < 0 ? [] : awakeOf(row, around));
    return {
      row,
      name: known.name,
      pid: known.pid,
      tid: known.tid,
      during: (stretches) => growth(readings, awakeIn, stretches),
    };
  });
}

/**
 * Moves growth that came late to the interval before. The scheduler adds a wait when it ends, and running time at its ticks. So
 * growth that exceeds the time since the previous reading had begun before that reading.
 */
function inTime({ atUs, ranUs, waitedUs }: Readings): Readings {
  const [ran, waited] = [[...ranUs], [...waitedUs]];
  for (let i = atUs.length - 1; i > 0; i--) {
    const grown = waited[i]! - waited[i - 1]!;
    const beyondUs = Math.max(0, ran[i]! - ran[i - 1]! + grown - (atUs[i]! - atUs[i - 1]!));
    waited[i - 1]! += Math.min(beyondUs, grown);
    ran[i - 1]! += Math.max(0, beyondUs - grown);
  }
  return { atUs, ranUs: ran, waitedUs: waited };
}

/** Growth of the counters during some stretches. */
function growth(
  { atUs, ranUs, waitedUs }: Readings,
  awakeIn: (around: readonly Span<unknown>[]) => readonly Span<unknown>[],
  stretches: readonly Stretch[],
): SchedulerTimes {
  // From the reading before a stretch to the one after it.
  const around = union(
    stretches.map(({ startUs, endUs }) => ({
      startUs: atUs[lowerBound(atUs, startUs) - 1] ?? startUs,
      endUs: atUs[lowerBound(atUs, endUs)] ?? endUs,
    })),
  );
  const awakeUs = lengthWithin(awakeIn(around));
  const sum = { ranUs: 0, waitedUs: 0 };
  for (const stretch of stretches) {
    for (let i = Math.max(1, lowerBound(atUs, stretch.startUs)); i < atUs.length && atUs[i - 1]! < stretch.endUs; i++) {
      const [fromUs, toUs] = [atUs[i - 1]!, atUs[i]!];
      const [startUs, endUs] = [Math.max(fromUs, stretch.startUs), Math.min(toUs, stretch.endUs)];
      if (!(startUs < endUs)) continue;
      const awake = { allUs: awakeUs(fromUs, toUs), hereUs: awakeUs(startUs, endUs) };
      const asleep = { allUs: toUs - fromUs - awake.allUs, hereUs: endUs - startUs - awake.hereUs };
      const ran = ranUs[i]! - ranUs[i - 1]!;
      const waited = waitedUs[i]! - waitedUs[i - 1]!;
      const ranAwake = Math.min(ran, awake.allUs);
      const waitedAwake = Math.min(waited, awake.allUs - ranAwake);
      sum.ranUs += part(ranAwake, awake) + part(ran - ranAwake, asleep);
      sum.waitedUs += part(waitedAwake, awake) + part(waited - waitedAwake, asleep);
    }
  }
  return sum;
}

const part = (us: number, { allUs, hereUs }: { readonly allUs: number; readonly hereUs: number }): number =>
  allUs > 0 ? (us * hereUs) / allUs : 0;

/**
 * A mark gives the CPU time at a window's edge if it is at most this far from it, µs. The trace has no CPU time for
 * performance.measure() itself.
 */
const NEAR_US = 200;

/**
 * Time off the CPU of a thread between two moments, µs: wall time minus CPU time, both between the user-timing marks nearest to
 * the moments. NaN if no mark is near, or if the trace has no thread times.
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

/** The series of each row's name. Names that differ only in their numbers are one series: step-1, step-2, … are step-*. */
export function series(names: Dictionary): (row: number) => string {
  const known = new Map<number, string>();
  return (row) => {
    const code = names.codes[row]!;
    let name = known.get(code);
    if (name === undefined) {
      name = names.strings[code]!.replace(/\d+/g, '*');
      known.set(code, name);
    }
    return name;
  };
}

export interface MachineBusy {
  /** Time that all cores together were busy during some stretches, µs. */
  during(stretches: readonly Stretch[]): number;
}

/** Busy time of the whole machine. Its growth between two readings counts in proportion to time. */
export function machineBusy({ atUs, busyUs }: NonNullable<Scheduling['system']>): MachineBusy {
  const readings = { atUs, ranUs: busyUs, waitedUs: busyUs.map(() => 0) };
  return { during: (stretches) => growth(readings, () => [], stretches).ranUs };
}

/** Busy time of the whole machine; null if the recording has none. */
export const busy = fact('busy', (get) => {
  const { system } = get.input.scheduling ?? {};
  return system && system.atUs.length > 1 ? machineBusy(system) : null;
});
