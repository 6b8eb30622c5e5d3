import { median } from 'simple-statistics';
import { bootstrapInterval } from '../../src/stats/bootstrap.js';
import { inRounds } from '../../src/stats/inRounds.js';
import type { Interval } from '../../src/stats/interval.js';
import type { Trace } from '../../src/trace/trace.js';
import { samplesBetween } from '../activity/search.js';
import type { Window } from '../activity/window.js';
import { type CauseId, causeIds, causes } from './causes/index.js';
import type { Evidence } from './evidence.js';
import type { SplitWindow, SplitWindows } from './splitWindows.js';

export interface Partition {
  /** Number of windows, that is, traced predictions, that were split. */
  readonly windows: number;
  readonly windowMedianMs: number;
  /** CPU samples of the owners inside their windows. The shares rest on them. */
  readonly samples: number;
  /** What the windows were found by, in words: for example the run's own marks, user timing named by --mark, or a guess. */
  readonly windowSource: string;
  /** Every cause that has time in a window, largest share first, `unattributed` last. */
  readonly causes: readonly CauseTime[];
  readonly unattributedShare: number;
  /** The causes of the warm-up, or null. */
  readonly warmup: readonly CauseTime[] | null;
}

export interface CauseTime {
  readonly id: string;
  readonly title: string;
  /** What its time means, in one sentence. */
  readonly meaning: string;
  readonly medianMs: number;
  readonly ci95Ms: Interval;
  /** Fraction of the windows' total wall time. The shares of all causes sum to 1. */
  readonly share: number;
  readonly evidence: string;
}

/** The partition of all windows together, or null if there is none. */
export function partitionWindows(
  trace: Trace,
  { windows, warmup }: SplitWindows,
  source: string,
  evidence: (windows: readonly SplitWindow[]) => Evidence,
): Partition | null {
  if (windows.length === 0) return null;
  const times = causeTimes(windows.map(inMs), evidence(windows));
  return {
    windows: windows.length,
    windowMedianMs: median(windows.map(({ window }) => window.endUs - window.startUs)) / 1000,
    samples: windows.reduce((sum, { window }) => sum + samplesIn(trace, window), 0),
    windowSource: source,
    causes: times,
    unattributedShare: times.find(({ id }) => id === 'unattributed')?.share ?? 0,
    warmup: warmup && causeTimes([inMs(warmup)], evidence([warmup])),
  };
}

function samplesIn(trace: Trace, { thread, startUs, endUs }: Window): number {
  const [from, to] = samplesBetween(trace, thread, startUs, endUs);
  return to - from;
}

const inMs = ({ window, split }: SplitWindow): WindowTime => ({
  ms: (window.endUs - window.startUs) / 1000,
  causeMs: (id) => split[id] / 1000,
});

/** Wall time of one window, and its causes. */
export interface WindowTime {
  readonly ms: number;
  /** Wall time of a cause; those of all causes sum to `ms`. */
  readonly causeMs: (id: CauseId) => number;
}

/** Causes that have time in a window, largest share first, unattributed last. */
export function causeTimes(windows: readonly WindowTime[], evidence: Evidence): CauseTime[] {
  const totalMs = windows.reduce((sum, { ms }) => sum + ms, 0);
  const times = causeIds.flatMap((id): CauseTime[] => {
    const ms = windows.map(({ causeMs }) => causeMs(id));
    const sumMs = ms.reduce((sum, value) => sum + value, 0);
    if (!(sumMs > 0)) return [];
    const { title, meaning } = causes[id];
    const ci95Ms = bootstrapInterval([inRounds(ms)], median);
    return [{ id, title, meaning, medianMs: median(ms), ci95Ms, share: sumMs / totalMs, evidence: evidence[id] ?? '' }];
  });
  return times.sort((a, b) => Number(a.id === 'unattributed') - Number(b.id === 'unattributed') || b.share - a.share);
}
