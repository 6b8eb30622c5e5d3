import type { Trace } from '../src/trace/trace.js';
import type { GcRow, GcUse } from './analysis.js';
import { findSlices } from './findSlices.js';
import { type GcKind, gcKind } from './gcKind.js';
import { phaseTimes } from './phaseTimes.js';
import { runThreads } from './runThreads.js';
import { sliceArgs } from './sliceArgs.js';
import { clip, flatten, totalUs, union } from './spans.js';
import { threadLabel } from './threadLabel.js';
import type { FoundWindows } from './windows.js';

const SHOWN = 24;
/** Less than this outside the windows is not worth a row. */
const WORTH_US = 100;
const WHOLE = /^(Minor|Major)GC$/;

/**
 * Garbage collection in the processes that own the windows, by kind and thread. A collection is its outermost slice; what lies in it is
 * part of it, but for kinds that say more than the slice around them.
 * @returns null without a window, or where nothing was collected
 */
export function garbageCollection(trace: Trace, found: FoundWindows): GcUse | null {
  const owners = new Set(found.windows.map(({ thread }) => thread));
  const before = sliceArgs(trace, 'usedHeapSizeBefore', 'number');
  const after = sliceArgs(trace, 'usedHeapSizeAfter', 'number');
  const inWindows = union(found.windows);
  const timesOf = phaseTimes(found);
  const { thread: threadOf, name: nameOf } = trace.tables.slices.columns;
  const threadName = trace.tables.threads.columns.name;
  // Parts of a collection have names of their own: they are what they lie in. What a helper thread does stops nobody.
  const place = (kind: GcKind, around: GcKind | null, row: number): GcKind => {
    if (threadName.at(threadOf[row]!).startsWith('ThreadPool')) return 'concurrent';
    return around === null || around === 'other' ? kind : around;
  };
  const rows: GcRow[] = [];
  for (const [thread, slices] of findSlices(trace, runThreads(trace, found), gcKind, place)) {
    const spans = flatten(slices);
    const times = timesOf(spans);
    for (const kind of new Set(slices.map(({ value }) => value))) {
      const own = spans.filter(({ value }) => value === kind);
      if (own.length === 0) continue;
      const whole = slices.filter(({ value, isPart }) => value === kind && !isPart);
      const pauses = union(own);
      const pausesIn = inWindows.flatMap(({ startUs, endUs }) => clip(pauses, startUs, endUs));
      if (totalUs(own) < WORTH_US && pausesIn.length === 0) continue;
      let freedBytes = 0;
      for (const { value, row } of slices) {
        // The same sizes stand at parts of the collection too.
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
  const owner = rows.filter((row) => row.owner);
  return {
    ownerInWindowsMs: owner.reduce((sum, { predictionsMs }) => sum + predictionsMs, 0),
    rows: rows.slice(0, SHOWN),
    rowsLeftOut: Math.max(0, rows.length - SHOWN),
  };
}

function longest(spans: readonly { readonly startUs: number; readonly endUs: number }[]): number {
  return spans.reduce((most, { startUs, endUs }) => Math.max(most, endUs - startUs), 0) / 1000;
}
