import type { Trace } from '../../src/trace/trace.js';
import type { Activity } from '../activity/callStacks.js';
import { clip, type Span, subtract, totalUs, union } from '../activity/spans.js';
import { runThreads, threadLabel } from '../activity/threads.js';
import type { WasmFunctions } from '../activity/wasmFunctions.js';
import type { FoundWindows } from '../activity/window.js';
import { runtime } from '../partition/causes/index.js';
import type { SplitWindow, SplitWindows } from '../partition/splitWindows.js';
import { type BeforeTopTier, beforeTopTier } from './beforeTopTier.js';
import { type CompileGroup, type CompileTier, compileSpans, type ThreadCompile } from './compileSpans.js';
import { type PhaseMs, type PhaseTimes, phaseTimes } from './phaseTimes.js';

/** Sums over all threads of the run's processes, so they may exceed wall time. */
export interface CompileUse {
  readonly totalMs: number;
  readonly phases: {
    readonly setup: CompilePhase | null;
    readonly warmup: CompilePhase | null;
    /** All windows together. */
    readonly predictions: CompilePhase | null;
  };
  /** By tier and module or script, longest first; 40 at most. */
  readonly rows: readonly CompileRow[];
  readonly rowsLeftOut: number;
  /** Data of the chart. Nearby stretches of the same tier and thread are merged. */
  readonly timeline: {
    readonly lengthMs: number;
    readonly phases: readonly {
      readonly phase: 'setup' | 'warmup' | 'predictions';
      readonly startMs: number;
      readonly endMs: number;
    }[];
    readonly rows: readonly {
      readonly thread: string;
      readonly tier: string;
      readonly startMs: number;
      readonly endMs: number;
      /** Compile time in the stretch; the rest is gaps between jobs. */
      readonly busyMs: number;
    }[];
    readonly threadsLeftOut: number;
  };
  readonly beforeTopTier: BeforeTopTier | null;
}

export interface CompilePhase {
  /** Wall time of the phase. */
  readonly windowMs: number;
  /** Sum over all threads. */
  readonly totalMs: number;
  /** Time on the critical path: the cause runtime.compile of the partition, before off-CPU time is subtracted. */
  readonly criticalMs: number;
  /**
   * Time in which helper threads compiled (not the top tier) while the owner was idle for no other known reason. It may have
   * waited for them.
   */
  readonly awaitedMs: number;
}

export interface CompileRow extends PhaseMs {
  /** decode, lazy, baseline, topTier, cache, instantiate, javascript, profiler (a cost of recording), other. */
  readonly tier: string;
  /** URL of the module or script; null where the trace does not tell. Untrusted text. */
  readonly module: string | null;
  /** Number of slices: functions of `lazy`, jobs of several functions of `topTier`, chunks of `decode`. */
  readonly count: number;
  readonly totalMs: number;
  /** The part on the critical paths of the phases; wall time. */
  readonly criticalMs: number;
  readonly critical: { readonly setup: number; readonly warmup: number; readonly predictions: number };
  /** Busiest first, 4 at most. */
  readonly threads: readonly string[];
  readonly threadCount: number;
}

const SHOWN = 40;
const THREADS_SHOWN = 4;

/**
 * What is behind the cause runtime.compile: every compile slice of the processes that own the windows, by tier and module, and
 * how much of it the run waited for. Times are lengths of slices, nested ones counted once, summed over threads.
 * @returns null without a window, or where nothing compiled or the trace does not record it (category v8.wasm)
 */
export function compileUse(
  trace: Trace,
  found: FoundWindows,
  split: SplitWindows,
  wasm: WasmFunctions,
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
 * The compile work in these windows that is on their critical paths: on the owner, or on a sampled thread that it waited for. If
 * the owner is idle for no other known reason, it may wait for helper threads that must finish before the run goes on. These are
 * all but the top tier, which nothing waits for; their time is given separately.
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
    let left: Span<unknown>[] = path.filter(({ value }) => value === runtime.compile.id);
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

const MAX_THREADS = 8;
const MAX_ROWS = 600;
const MAX_PREDICTIONS = 200;
/** Stretches of one tier that are closer together than this share of the axis are drawn as one. */
const MERGED_GAP_SHARE = 1 / 400;

/** What compiled when, on a time axis from the start of set-up (or of the first window) to the end of the last window. */
function compileTimeline(
  trace: Trace,
  { setup, warmup, windows }: FoundWindows,
  compiled: ReadonlyMap<number, ThreadCompile>,
): CompileUse['timeline'] {
  const all = [setup, warmup, ...windows].filter((window) => window !== null);
  const fromUs = all.reduce((first, { startUs }) => Math.min(first, startUs), Number.POSITIVE_INFINITY);
  const toUs = all.reduce((last, { endUs }) => Math.max(last, endUs), Number.NEGATIVE_INFINITY);
  const busiest = [...compiled]
    .map(([thread, { spans }]) => ({ thread, spans, us: usBetween(spans, fromUs, toUs) }))
    .filter(({ us }) => us > 0)
    .sort((a, b) => b.us - a.us);
  const nearUs = (toUs - fromUs) * MERGED_GAP_SHARE;
  const ms = (timeUs: number): number => (timeUs - fromUs) / 1000;
  const rows: Stretch[] = [];
  for (const { thread, spans } of busiest.slice(0, MAX_THREADS)) {
    const label = threadLabel(trace, thread);
    const open = new Map<CompileTier, Stretch>();
    for (const span of spans) {
      const { value } = span;
      const startUs = Math.max(span.startUs, fromUs);
      const endUs = Math.min(span.endUs, toUs);
      if (!(startUs < endUs)) continue;
      const last = open.get(value.tier);
      if (last && ms(startUs) - last.endMs <= nearUs / 1000) {
        last.endMs = ms(endUs);
        last.busyMs += (endUs - startUs) / 1000;
        continue;
      }
      const stretch = {
        thread: label,
        tier: value.tier,
        startMs: ms(startUs),
        endMs: ms(endUs),
        busyMs: (endUs - startUs) / 1000,
      };
      open.set(value.tier, stretch);
      rows.push(stretch);
    }
  }
  const longest = rows.sort((a, b) => b.busyMs - a.busyMs).slice(0, MAX_ROWS);
  return {
    lengthMs: (toUs - fromUs) / 1000,
    phases: [
      ...(setup ? [{ phase: 'setup' as const, startMs: ms(setup.startUs), endMs: ms(setup.endUs) }] : []),
      ...(warmup ? [{ phase: 'warmup' as const, startMs: ms(warmup.startUs), endMs: ms(warmup.endUs) }] : []),
      ...windows.slice(0, MAX_PREDICTIONS).map(({ startUs, endUs }) => ({
        phase: 'predictions' as const,
        startMs: ms(startUs),
        endMs: ms(endUs),
      })),
    ],
    rows: longest.sort((a, b) => a.startMs - b.startMs),
    threadsLeftOut: Math.max(0, busiest.length - MAX_THREADS),
  };
}

function usBetween(spans: readonly Span<unknown>[], fromUs: number, toUs: number): number {
  let us = 0;
  for (const { startUs, endUs } of spans) us += Math.max(0, Math.min(endUs, toUs) - Math.max(startUs, fromUs));
  return us;
}

interface Stretch {
  readonly thread: string;
  readonly tier: CompileTier;
  readonly startMs: number;
  endMs: number;
  busyMs: number;
}
