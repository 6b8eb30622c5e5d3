import type { Trace } from '../../src/trace/trace.js';
import { findSlices, sliceArgs } from '../activity/findSlices.js';
import { clip, flatten, type Span, totalUs, union } from '../activity/spans.js';
import { runThreads, threadLabel } from '../activity/threads.js';
import type { FoundWindows } from '../activity/window.js';
import { runtime } from '../partition/causes/index.js';
import { sliceCause } from '../partition/causes/rules.js';
import { type Collections, type GarbageMaker, garbageMakers } from './garbageMakers.js';
import { type PhaseMs, phaseTimes } from './phaseTimes.js';

export interface GcUse {
  /**
   * Time on the owners' threads inside the windows, from slices: the cause runtime.gc without collections that only samples show.
   */
  readonly ownerInWindowsMs: number;
  /** By kind and thread, owners first; 24 at most. */
  readonly rows: readonly GcRow[];
  readonly rowsLeftOut: number;
  /** Whose garbage it was in the windows, as far as samples tell, longest first; null where none was collected or none tells. */
  readonly by: readonly GarbageMaker[] | null;
}

export interface GcRow extends PhaseMs {
  /** minor, major, incremental, code (Wasm code), blink, concurrent, other. */
  readonly kind: string;
  readonly thread: string;
  readonly owner: boolean;
  /** Over the whole trace. */
  readonly count: number;
  readonly totalMs: number;
  readonly longestMs: number;
  readonly inWindows: { readonly count: number; readonly longestMs: number };
  /** As V8 reports it; null where it does not. */
  readonly freedBytes: number | null;
}

const SHOWN = 24;
/** Outside of the windows, less time than this gets no row. */
const MIN_OUTSIDE_US = 100;
const WHOLE = /^(Minor|Major)GC$/;

/**
 * Garbage collection in the processes that own the windows, by kind and thread. A collection is its outermost slice. Slices
 * inside it are part of it, except kinds that are more specific than the slice around them.
 * @returns null without a window, or where nothing was collected
 */
export function gcUse(trace: Trace, found: FoundWindows, sampledEveryUs: number | null = null): GcUse | null {
  const owners = new Set(found.windows.map(({ thread }) => thread));
  const before = sliceArgs(trace, 'usedHeapSizeBefore', 'number');
  const after = sliceArgs(trace, 'usedHeapSizeAfter', 'number');
  const inWindows = union(found.windows);
  const timesOf = phaseTimes(found);
  const { thread: threadOf, name: nameOf } = trace.tables.slices.columns;
  const threadName = trace.tables.threads.columns.name;
  // Parts of a collection have names of their own, but count as the collection around them. Work of a helper thread blocks no
  // other thread.
  const place = (kind: GcKind, around: GcKind | null, row: number): GcKind => {
    if (threadName.at(threadOf[row]!).startsWith('ThreadPool')) return 'concurrent';
    return around === null || around === 'other' ? kind : around;
  };
  const rows: GcRow[] = [];
  const collections: Collections[] = [];
  for (const [thread, slices] of findSlices(trace, runThreads(trace, found), gcKind, place)) {
    const spans = flatten(slices);
    const times = timesOf(spans);
    if (owners.has(thread)) collections.push(ofScripts(thread, spans, inWindows));
    for (const kind of new Set(slices.map(({ value }) => value))) {
      const own = spans.filter(({ value }) => value === kind);
      if (own.length === 0) continue;
      const whole = slices.filter(({ value, isPart }) => value === kind && !isPart);
      const pauses = union(own);
      const pausesIn = inWindows.flatMap(({ startUs, endUs }) => clip(pauses, startUs, endUs));
      if (totalUs(own) < MIN_OUTSIDE_US && pausesIn.length === 0) continue;
      let freedBytes = 0;
      for (const { value, row } of slices) {
        // Parts of the collection repeat the same sizes.
        if (value !== kind || !WHOLE.test(nameOf.at(row))) continue;
        const freed = (before.get(row) ?? 0) - (after.get(row) ?? 0);
        if (freed > 0) freedBytes += freed;
      }
      rows.push({
        kind,
        thread: threadLabel(trace, thread),
        owner: owners.has(thread),
        count: whole.length,
        totalMs: totalUs(own) / 1000,
        longestMs: longest(pauses),
        ...times.get(kind)!,
        inWindows: { count: pausesIn.length, longestMs: longest(pausesIn) },
        freedBytes: freedBytes > 0 ? freedBytes : null,
      });
    }
  }
  if (rows.length === 0) return null;
  rows.sort((a, b) => Number(b.owner) - Number(a.owner) || b.totalMs - a.totalMs);
  const ownerInWindowsMs = rows.filter((row) => row.owner).reduce((sum, { predictionsMs }) => sum + predictionsMs, 0);
  return {
    ownerInWindowsMs,
    rows: rows.slice(0, SHOWN),
    rowsLeftOut: Math.max(0, rows.length - SHOWN),
    by: garbageMakers(trace, collections, ownerInWindowsMs, sampledEveryUs),
  };
}

/** The collections of what scripts make. Those of Wasm code and of the page's DOM are none. */
function ofScripts(thread: number, spans: readonly Span<GcKind>[], inWindows: readonly Span<null>[]): Collections {
  const pauses: Span<boolean>[] = [];
  for (const { startUs, endUs, value } of spans) {
    if (value === 'code' || value === 'blink' || value === 'concurrent') continue;
    const isWhole = value === 'minor' || value === 'major';
    const last = pauses.at(-1);
    // A collection of one kind may stand in a slice of another.
    if (last && last.endUs >= startUs) pauses[pauses.length - 1] = { ...last, endUs, value: last.value || isWhole };
    else pauses.push({ startUs, endUs, value: isWhole });
  }
  return { thread, pauses, inWindows: inWindows.flatMap(({ startUs, endUs }) => clip(pauses, startUs, endUs)) };
}

function longest(spans: readonly { readonly startUs: number; readonly endUs: number }[]): number {
  return spans.reduce((most, { startUs, endUs }) => Math.max(most, endUs - startUs), 0) / 1000;
}

/** The kinds of garbage collection in V8 and Blink. */
export const gcKinds = {
  minor: { title: 'Minor', meaning: 'Collecting young objects (scavenger): the thread stops.' },
  major: { title: 'Major', meaning: 'Collecting the whole heap (mark-compact), its final part: the thread stops.' },
  incremental: { title: 'Incremental marking', meaning: 'A step of a major collection, between the page’s own work.' },
  code: { title: 'Wasm code', meaning: 'Freeing baseline code that the top tier has replaced.' },
  blink: { title: 'DOM objects', meaning: 'Collecting objects of the page’s C++ heap.' },
  concurrent: { title: 'Concurrent', meaning: 'Marking, sweeping and copying on helper threads, beside the page.' },
  other: { title: 'Other', meaning: 'Requests, callbacks and clean-up around collections.' },
} as const;

export type GcKind = keyof typeof gcKinds;

/**
 * Slice names by kind, first match wins; https://chromium.googlesource.com/v8/v8/+/refs/heads/main/src/heap/gc-tracer.cc and
 * https://chromium.googlesource.com/v8/v8/+/refs/heads/main/src/init/heap-symbols.h (V8.GC_…: parts of a collection).
 */
const RULES: readonly (readonly [pattern: RegExp, kind: GcKind])[] = [
  [/^V8\.GC_.*BACKGROUND/, 'concurrent'],
  [/^(MinorGC|V8\.GCScavenger|V8\.GC_SCAVENGER|V8\.GC_MINOR_MS)/, 'minor'],
  [/^V8\.(GCIncrementalMarking|GC_MC_INCREMENTAL)/, 'incremental'],
  [/^(MajorGC|V8\.GCFinalizeMC|V8\.GCCompactor|V8\.GC_MARK_COMPACTOR|V8\.GC_MC_)/, 'major'],
  [/^(V8\.WasmCodeGC|wasm\.ReportLiveCodeForGC|wasm\.FreeDeadCode)$/, 'code'],
  [/^(BlinkGC|CppGC)/, 'blink'],
];

/** The kind of collection of a slice with this name; null if it is none. */
function gcKind(name: string): GcKind | null {
  if (sliceCause(name) !== runtime.gc.id) return null;
  return RULES.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
}
