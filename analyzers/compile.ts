import type { Trace } from '../src/trace/trace.js';
import type { CompilePhase, CompileRow, CompileUse, PhaseMs } from './analysis.js';
import { beforeTopTier } from './beforeTopTier.js';
import { type CompileGroup, compileSpans, type ThreadCompile } from './compileSpans.js';
import { compileTimeline } from './compileTimeline.js';
import type { Activity } from './frameActivities.js';
import { type PhaseTimes, phaseTimes } from './phaseTimes.js';
import { runThreads } from './runThreads.js';
import { clip, type Span, subtract, totalUs, union } from './spans.js';
import type { SplitWindow, SplitWindows } from './splitWindows.js';
import { threadLabel } from './threadLabel.js';
import type { WasmFrames } from './wasmFrames.js';
import type { FoundWindows } from './windows.js';

const SHOWN = 40;
const THREADS_SHOWN = 4;

/**
 * What is behind `runtime.compile`: every compile slice of the processes that own the windows, by tier and module, and how much of
 * it the run waited for. Times are of slices, nested ones counted once, and add up over threads.
 * @returns null without a window, or where nothing compiled or the trace does not record it (category v8.wasm)
 */
export function compile(
  trace: Trace,
  found: FoundWindows,
  split: SplitWindows,
  wasm: WasmFrames,
  activities: readonly Activity[],
): CompileUse | null {
  const threads = runThreads(trace, found);
  const compiled = compileSpans(trace, threads);
  if (compiled.size === 0) return null;
  const timesOf = phaseTimes(found);
  const critical = new Map<CompileGroup, CriticalMs>();
  const totals = groupTotals(compiled, timesOf);
  const phase = (windows: readonly SplitWindow[], name: keyof CriticalMs): CompilePhase => ({
    totalMs: totals.reduce((all, { times }) => all + (times[`${name}Ms`] ?? 0), 0),
    ...compilePhase(windows, compiled, split, (group, us) => {
      const times = critical.get(group) ?? { setup: 0, warmup: 0, predictions: 0 };
      times[name] += us / 1000;
      critical.set(group, times);
    }),
  });
  const phases = {
    setup: split.setup && phase([split.setup], 'setup'),
    warmup: split.warmup && phase([split.warmup], 'warmup'),
    predictions: split.windows.length > 0 ? phase(split.windows, 'predictions') : null,
  };
  const rows = totals.map(({ group, count, byThread, times }): CompileRow => {
    const onPath = critical.get(group) ?? { setup: 0, warmup: 0, predictions: 0 };
    const busiest = [...byThread].sort(([, a], [, b]) => b - a);
    return {
      tier: group.tier,
      module: group.module,
      count,
      totalMs: totalOf(times),
      ...times,
      criticalMs: onPath.setup + onPath.warmup + onPath.predictions,
      critical: onPath,
      threads: busiest.slice(0, THREADS_SHOWN).map(([thread]) => threadLabel(trace, thread)),
      threadCount: busiest.length,
    };
  });
  rows.sort((a, b) => b.totalMs - a.totalMs);
  return {
    totalMs: rows.reduce((sum, { totalMs }) => sum + totalMs, 0),
    phases,
    rows: rows.slice(0, SHOWN),
    rowsLeftOut: Math.max(0, rows.length - SHOWN),
    timeline: compileTimeline(trace, found, compiled),
    beforeTopTier: beforeTopTier(trace, found, compiled, wasm, activities),
  };
}

type CriticalMs = { setup: number; warmup: number; predictions: number };

const totalOf = ({ setupMs, warmupMs, predictionsMs, outsideMs }: PhaseMs): number =>
  (setupMs ?? 0) + (warmupMs ?? 0) + predictionsMs + outsideMs;

interface GroupTotal {
  readonly group: CompileGroup;
  count: number;
  readonly byThread: Map<number, number>;
  times: PhaseMs;
}

function groupTotals(compiled: ReadonlyMap<number, ThreadCompile>, timesOf: PhaseTimes): GroupTotal[] {
  const totals = new Map<CompileGroup, GroupTotal>();
  const totalFor = (group: CompileGroup, first: PhaseMs): GroupTotal => {
    const known = totals.get(group) ?? { group, count: 0, byThread: new Map(), times: { ...first } };
    totals.set(group, known);
    return known;
  };
  for (const [thread, { slices, spans }] of compiled) {
    for (const [group, more] of timesOf(spans)) {
      const isNew = !totals.has(group);
      const total = totalFor(group, more);
      total.byThread.set(thread, totalOf(more));
      if (!isNew) total.times = sum(total.times, more);
    }
    for (const { value, isPart } of slices) {
      const total = totals.get(value);
      if (total && !isPart) total.count++;
    }
  }
  return [...totals.values()];
}

const sum = (a: PhaseMs, b: PhaseMs): PhaseMs => ({
  setupMs: add(a.setupMs, b.setupMs),
  warmupMs: add(a.warmupMs, b.warmupMs),
  predictionsMs: a.predictionsMs + b.predictionsMs,
  outsideMs: a.outsideMs + b.outsideMs,
});

const add = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);

/**
 * What of the compile work in these windows is on their critical paths: on the owner, or on a sampled thread that it waited for.
 * While the owner is idle and nothing else is known, work of helper threads that must end before the run goes on (all but the top
 * tier, which nothing waits for) may be what it waits for: it is given apart.
 */
function compilePhase(
  windows: readonly SplitWindow[],
  compiled: ReadonlyMap<number, ThreadCompile>,
  { threads }: SplitWindows,
  credit: (group: CompileGroup, us: number) => void,
): Omit<CompilePhase, 'totalMs'> {
  let criticalUs = 0;
  let awaitedUs = 0;
  let windowUs = 0;
  for (const { window, path } of windows) {
    windowUs += window.endUs - window.startUs;
    let left: Span<unknown>[] = path.filter(({ value }) => value === 'runtime.compile');
    criticalUs += totalUs(left);
    const sampled = [window.thread, ...[...threads.keys()].filter((thread) => thread !== window.thread)];
    for (const thread of sampled) {
      const spans = compiled.get(thread)?.spans ?? [];
      const taken: Span<CompileGroup>[] = left.flatMap(({ startUs, endUs }) => clip(spans, startUs, endUs));
      for (const { startUs, endUs, value } of taken) credit(value, endUs - startUs);
      left = subtract(left, taken);
    }
    const unknown = path.filter(({ value }) => value === 'unattributed');
    const idle = clip(threads.get(window.thread)!.activity, window.startUs, window.endUs).filter(({ value }) => value === 'idle');
    const waits = idle.flatMap(({ startUs, endUs }) => clip(unknown, startUs, endUs));
    const helpers = [...compiled].filter(([thread]) => !threads.has(thread));
    const needed = waits.flatMap(({ startUs, endUs }) =>
      helpers.flatMap(([, { spans }]) => clip(spans, startUs, endUs).filter(({ value }) => value.tier !== 'topTier')),
    );
    awaitedUs += totalUs(union(needed));
  }
  return {
    windowMs: windowUs / 1000,
    criticalMs: criticalUs / 1000,
    awaitedMs: awaitedUs / 1000,
  };
}
