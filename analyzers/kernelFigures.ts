import type { Scheduling } from '../src/bundle/scheduling.js';
import type { Trace } from '../src/trace/trace.js';
import { awakeSpans } from './awakeSpans.js';
import type { Activity } from './frameActivities.js';
import { lowerBound } from './rows.js';
import { lengthWithin } from './spans.js';

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

/** Readings of one thread, sums since it began, µs. */
interface Readings {
  readonly atUs: number[];
  readonly ranUs: number[];
  readonly waitedUs: number[];
}

/**
 * What the kernel says of every thread that was watched. Its figures are read every so many milliseconds, and what they grew by between two
 * readings is shared out: what the thread ran to when the trace shows it awake; of its waiting what then is left of that time; the rest
 * of both to when it does not, as where it waits to be woken for a task. So they hold over many windows, not within one.
 * https://www.kernel.org/doc/html/latest/scheduler/sched-stats.html
 * @param sampledEveryUs time between two CPU samples that the recording was made with; null: not known
 */
export function kernelFigures(
  trace: Trace,
  { threads, samples }: Scheduling,
  activities: readonly Activity[],
  sampledEveryUs: number | null,
): KernelThread[] {
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
    const growthIn = growth(series[index]!, (startUs, endUs) =>
      row < 0 ? [] : awakeSpans(trace, row, activities, [{ startUs, endUs, value: null }], sampledEveryUs),
    );
    return {
      row,
      name: known.name,
      pid: known.pid,
      tid: known.tid,
      ranUs: (stretches) => growthIn(stretches).ranUs,
      waitedUs: (stretches) => growthIn(stretches).waitedUs,
    };
  });
}

type Growth = Readonly<Record<'ranUs' | 'waitedUs', number>>;

/** How the sums grow in stretches. */
function growth(
  { atUs, ranUs, waitedUs }: Readings,
  awakeIn: (startUs: number, endUs: number) => ReturnType<typeof awakeSpans>,
): (stretches: readonly Stretch[]) => Growth {
  let awakeUs: ((startUs: number, endUs: number) => number) | null = null;
  return (stretches) => {
    awakeUs ??= lengthWithin(atUs.length < 2 ? [] : awakeIn(atUs[0]!, atUs.at(-1)!));
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
  };
}

const part = (us: number, { allUs, hereUs }: { readonly allUs: number; readonly hereUs: number }): number =>
  allUs > 0 ? (us * hereUs) / allUs : 0;
