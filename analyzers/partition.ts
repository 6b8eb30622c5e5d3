import { median } from 'simple-statistics';
import { bootstrapInterval } from '../src/stats/bootstrap.js';
import type { Trace } from '../src/trace/trace.js';
import type { CauseTime, Partition } from './analysis.js';
import { causeIds, causes } from './causes.js';
import type { Evidence } from './evidence.js';
import { inRounds } from './inRounds.js';
import { samplesBetween } from './rows.js';
import type { SplitWindow, SplitWindows } from './splitWindows.js';
import type { Window } from './windows.js';

/** The partition of all windows together, or null if there is none. */
export function partition(
  trace: Trace,
  { windows, warmup }: SplitWindows,
  source: string,
  evidence: (windows: readonly SplitWindow[]) => Evidence,
): Partition | null {
  if (windows.length === 0) return null;
  const times = causeTimes(windows, evidence(windows));
  return {
    windows: windows.length,
    windowMedianMs: median(windows.map(({ window }) => window.endUs - window.startUs)) / 1000,
    samples: windows.reduce((sum, { window }) => sum + samplesIn(trace, window), 0),
    windowSource: source,
    causes: times,
    unattributedShare: times.find(({ id }) => id === 'unattributed')?.share ?? 0,
    warmup: warmup && causeTimes([warmup], evidence([warmup])),
  };
}

function samplesIn(trace: Trace, { thread, startUs, endUs }: Window): number {
  const [from, to] = samplesBetween(trace, thread, startUs, endUs);
  return to - from;
}

/** Causes that hold time in some window, largest first, unattributed last. */
function causeTimes(windows: readonly SplitWindow[], evidence: Evidence): CauseTime[] {
  const totalUs = windows.reduce((sum, { window }) => sum + window.endUs - window.startUs, 0);
  const times = causeIds.flatMap((id): CauseTime[] => {
    const ms = windows.map(({ split }) => split[id] / 1000);
    const sumMs = ms.reduce((sum, value) => sum + value, 0);
    if (!(sumMs > 0)) return [];
    const { title, meaning } = causes[id];
    const ci95Ms = bootstrapInterval([inRounds(ms)], median);
    return [{ id, title, meaning, medianMs: median(ms), ci95Ms, share: (sumMs * 1000) / totalUs, evidence: evidence[id] ?? '' }];
  });
  return times.sort((a, b) => Number(a.id === 'unattributed') - Number(b.id === 'unattributed') || b.share - a.share);
}
