import type { Trace } from '../../src/trace/trace.js';
import { findSlices } from '../activity/findSlices.js';
import { clip, flatten, totalUs, union } from '../activity/spans.js';
import { runThreads } from '../activity/threads.js';
import type { FoundWindows } from '../activity/window.js';
import { type PhaseMs, phaseTimes } from './phaseTimes.js';

export interface MemoryGrowth extends PhaseMs {
  readonly count: number;
  readonly countInWindows: number;
  readonly totalMs: number;
  readonly longestMs: number;
  /** Always null: the trace does not contain the size. */
  readonly bytes: null;
}

/**
 * Growth of Wasm memories in the processes that own the windows. The slices have no args, so the size of the growth is unknown.
 * https://chromium.googlesource.com/v8/v8/+/refs/heads/main/src/wasm/wasm-objects.cc (WasmMemoryObject::Grow)
 * @returns null without a window, or where no memory grew
 */
export function growthOfMemory(trace: Trace, found: FoundWindows): MemoryGrowth | null {
  const timesOf = phaseTimes(found);
  const inWindows = union(found.windows);
  const total = {
    count: 0,
    totalMs: 0,
    longestMs: 0,
    countInWindows: 0,
    setupMs: 0,
    warmupMs: 0,
    predictionsMs: 0,
    outsideMs: 0,
  };
  const meaning = (name: string): 'grow' | null => (name === 'wasm.GrowMemory' ? 'grow' : null);
  for (const slices of findSlices(trace, runThreads(trace, found), meaning, (grow) => grow).values()) {
    const spans = flatten(slices);
    const times = timesOf(spans).get('grow')!;
    total.count += slices.length;
    total.totalMs += totalUs(spans) / 1000;
    total.setupMs += times.setupMs ?? 0;
    total.warmupMs += times.warmupMs ?? 0;
    total.predictionsMs += times.predictionsMs;
    total.outsideMs += times.outsideMs;
    for (const { startUs, endUs } of spans) total.longestMs = Math.max(total.longestMs, (endUs - startUs) / 1000);
    for (const { startUs, endUs } of inWindows) total.countInWindows += clip(spans, startUs, endUs).length;
  }
  if (total.count === 0) return null;
  return { ...total, setupMs: found.setup && total.setupMs, warmupMs: found.warmup && total.warmupMs, bytes: null };
}
