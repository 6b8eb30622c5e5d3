import { mean, median, sum } from 'simple-statistics';
import { bootstrapInterval } from '../../src/stats/bootstrap.js';
import { inRounds } from '../../src/stats/inRounds.js';
import type { Interval } from '../../src/stats/interval.js';
import { typicalOf } from '../../src/stats/typical.js';
import type { Trace } from '../../src/trace/trace.js';
import { formatCount, formatPlural } from '../../src/view/format.js';
import { samplesBetween } from '../activity/search.js';
import type { Window } from '../activity/window.js';
import { type CauseId, causeIds, causes } from './causes/index.js';
import type { Evidence } from './evidence.js';
import type { SplitWindow, SplitWindows } from './splitWindows.js';

export interface Partition {
  /** Number of windows, that is, traced predictions, that were split. */
  readonly windows: number;
  /** Of all of them. */
  readonly windowMedianMs: number;
  /**
   * The windows that the causes are of: the middle half by length, once those are left out that take markedly longer or shorter; see
   * `standings` of src/stats/typical.ts. Their number, and their mean length, to which the causes sum.
   */
  readonly typical: { readonly windows: number; readonly ms: number };
  /** CPU samples of the owners inside the typical windows. The shares rest on them. */
  readonly samples: number;
  /** What the windows were found by, in words: for example the run's own marks, user timing named by --mark, or a guess. */
  readonly windowSource: string;
  /** Every cause that has time in a typical window, largest share first, `unattributed` last. */
  readonly causes: readonly CauseTime[];
  readonly unattributedShare: number;
  /** The same of all windows, with those that take markedly longer or shorter: means, which sum to the mean window. */
  readonly allWindows: { readonly ms: number; readonly causes: readonly Pick<CauseTime, 'id' | 'ms' | 'share'>[] };
  /** The causes of the warm-up, or null. */
  readonly warmup: readonly CauseTime[] | null;
}

export interface CauseTime {
  readonly id: string;
  readonly title: string;
  /** What its time means, in one sentence. */
  readonly meaning: string;
  /** Mean over the windows. Those of all causes sum to the mean window. */
  readonly ms: number;
  readonly ci95Ms: Interval;
  /** Fraction of the windows' time. The shares of all causes sum to 1. */
  readonly share: number;
  readonly evidence: string;
}

/** "4 traced windows", "the 39 of middle length of 80 traced windows" */
export function typicalText({ windows, typical }: Pick<Partition, 'windows' | 'typical'>): string {
  const all = formatPlural(windows, 'traced window');
  return typical.windows === windows ? all : `the ${formatCount(typical.windows)} of middle length of ${all}`;
}

/**
 * The partition of the typical windows together, or null without a window.
 * @param typical those of the windows that are typical
 */
export function partitionWindows(
  trace: Trace,
  { windows, warmup }: Pick<SplitWindows, 'windows' | 'warmup'>,
  typical: readonly SplitWindow[],
  source: string,
  evidence: (windows: readonly SplitWindow[]) => Evidence,
): Partition | null {
  if (windows.length === 0) return null;
  const times = causeTimes(windows.map(inMs), evidence(typical));
  return {
    windows: windows.length,
    windowMedianMs: median(windows.map(lengthMs)),
    typical: { windows: typical.length, ms: mean(typical.map(lengthMs)) },
    samples: sum(typical.map(({ window }) => samplesIn(trace, window))),
    windowSource: source,
    causes: times,
    unattributedShare: times.find(({ id }) => id === 'unattributed')?.share ?? 0,
    allWindows: {
      ms: mean(windows.map(lengthMs)),
      causes: causeMeans(windows.map(inMs)),
    },
    warmup: warmup && causeTimes([inMs(warmup)], evidence([warmup])),
  };
}

function samplesIn(trace: Trace, { thread, startUs, endUs }: Window): number {
  const [from, to] = samplesBetween(trace, thread, startUs, endUs);
  return to - from;
}

const lengthMs = ({ window }: SplitWindow): number => (window.endUs - window.startUs) / 1000;

export const inMs = (one: SplitWindow): WindowTime => ({ ms: lengthMs(one), causeMs: (id) => one.split[id] / 1000 });

/** Wall time of one window, and its causes. */
export interface WindowTime {
  readonly ms: number;
  /** Wall time of a cause; those of all causes sum to `ms`. */
  readonly causeMs: (id: CauseId) => number;
}

/** Causes that have time in a typical one of some windows, largest share first, unattributed last. */
export function causeTimes(windows: readonly WindowTime[], evidence: Evidence): CauseTime[] {
  const typical = typicalOf(windows, ({ ms }) => ms);
  return causeMeans(typical).map((cause) => {
    const { title, meaning } = causes[cause.id];
    // Which windows are typical is drawn, too.
    const typicalMean = (drawn: WindowTime[]): number =>
      mean(typicalOf(drawn, ({ ms }) => ms).map(({ causeMs }) => causeMs(cause.id)));
    const ci95Ms = bootstrapInterval([inRounds(windows)], typicalMean);
    return { ...cause, title, meaning, ci95Ms, evidence: evidence[cause.id] ?? '' };
  });
}

/** Means and shares alone, of all of these windows. */
export function causeMeans(
  windows: readonly WindowTime[],
): { readonly id: CauseId; readonly ms: number; readonly share: number }[] {
  const totalMs = sum(windows.map(({ ms }) => ms));
  return causeIds
    .map((id) => ({ id, sumMs: sum(windows.map(({ causeMs }) => causeMs(id))) }))
    .filter(({ sumMs }) => sumMs > 0)
    .map(({ id, sumMs }) => ({ id, ms: sumMs / windows.length, share: sumMs / totalMs }))
    .sort((a, b) => Number(a.id === 'unattributed') - Number(b.id === 'unattributed') || b.share - a.share);
}
