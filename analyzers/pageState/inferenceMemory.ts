import type { HeapLog } from '../../src/bundle/heapLog.js';
import type { WasmRealm } from '../../src/bundle/wasmLog.js';
import type { Trace } from '../../src/trace/trace.js';
import type { RealmOnTrace } from '../activity/gpu/realm.js';
import type { OnTrace } from '../activity/onTrace.js';
import { threadLabel } from '../activity/threads.js';
import type { Window } from '../activity/window.js';
import { floorGrowth, type Growth, type SizeAt, steadyGrowth } from './growth.js';

/** Memory after each inference, of one thread. */
export interface InferenceMemory {
  /**
   * `wasm`: the memory of the instance that is called. `gpu`: buffers and textures that were made and not freed. `heap`: objects
   * and array buffers of JavaScript.
   */
  readonly of: 'wasm' | 'gpu' | 'heap';
  /** The thread, or for a heap the document’s or worker’s address. Untrusted. */
  readonly thread: string;
  /** Inferences after which the size is known. */
  readonly count: number;
  readonly firstBytes: number;
  readonly lastBytes: number;
  /** Null where it does not grow steadily. */
  readonly growth: Growth | null;
}

const HEAPS: Readonly<Record<HeapLog['realms'][number]['kind'], string>> = {
  page: 'the page',
  frame: 'frame',
  worker: 'worker',
};

/**
 * JavaScript heaps after inferences; largest first. A reading holds garbage that was not collected yet. What leaks is still held
 * when all garbage was collected in the end, so a reading counts up to that size.
 */
export function heapMemory(windows: readonly Window[], { realms }: HeapLog): InferenceMemory[] {
  const endsUs = windows.map(({ endUs }) => endUs).sort((a, b) => a - b);
  return realms
    .flatMap(({ kind, url, readings, heldBytes }): InferenceMemory[] => {
      let inference = 0;
      const sizes = readings.atUs.flatMap((atUs, i): SizeAt[] => {
        while (inference < endsUs.length && endsUs[inference]! <= atUs) inference++;
        const bytes = readings.usedBytes[i]! + readings.arrayBufferBytes[i]!;
        return inference === 0 ? [] : [{ inference, bytes: Math.min(bytes, heldBytes ?? bytes) }];
      });
      if (sizes.length === 0) return [];
      const [first, last] = [sizes[0]!, sizes.at(-1)!];
      const thread = kind === 'page' ? HEAPS.page : `${HEAPS[kind]} ${url}`;
      // Where garbage could not be collected, nothing tells it from what is held.
      const growth = heldBytes === null ? null : floorGrowth(sizes);
      const count = last.inference - first.inference + 1;
      return [{ of: 'heap', thread, count, firstBytes: first.bytes, lastBytes: last.bytes, growth }];
    })
    .sort((a, b) => b.lastBytes - a.lastBytes);
}

/** A size that was read when a call ended, µs on the trace clock. */
interface Reading {
  readonly startUs: number;
  readonly endUs: number;
  readonly bytes: number;
}

/** Times of a hook and of the trace may differ by a step of the page's clock, µs. */
const STEP_US = 100;

/**
 * What hooks read of memory after each inference; largest first. Threads of a pool share one memory, so of equal ones the first
 * is kept.
 */
export function inferenceMemory(
  trace: Trace,
  windows: readonly Window[],
  wasm: readonly OnTrace<WasmRealm>[],
  gpu: readonly RealmOnTrace[],
): InferenceMemory[] {
  const list: InferenceMemory[] = [];
  const add = (of: InferenceMemory['of'], thread: number, bytes: readonly number[]): void => {
    if (bytes.length === 0) return;
    const [firstBytes, lastBytes] = [bytes[0]!, bytes.at(-1)!];
    if (list.some((one) => one.of === of && one.firstBytes === firstBytes && one.lastBytes === lastBytes)) return;
    const growth = steadyGrowth(bytes);
    list.push({ of, thread: threadLabel(trace, thread), count: bytes.length, firstBytes, lastBytes, growth });
  };
  for (const realm of wasm) add('wasm', realm.thread, mostUsed(instancesOf(realm).map((each) => afterEach(windows, each))));
  for (const realm of gpu) add('gpu', realm.thread, afterEach(windows, gpuReadings(realm)));
  return list.sort((a, b) => b.lastBytes - a.lastBytes);
}

/** A page may make an instance for each inference, whose memories say nothing of one another. */
function mostUsed(series: readonly (readonly number[])[]): readonly number[] {
  return series.reduce((most, each) => (each.length > most.length ? each : most), []);
}

function instancesOf({ log: { calls }, toTraceUs }: OnTrace<WasmRealm>): Reading[][] {
  const byInstance = new Map<number, Reading[]>();
  for (const [i, bytes] of (calls.memoryBytes ?? []).entries()) {
    if (bytes < 0) continue;
    const startUs = toTraceUs(calls.atMs[i]!);
    const endUs = Math.max(startUs + calls.tookMs[i]! * 1000, toTraceUs(calls.doneMs[i]!));
    const known = byInstance.get(calls.instance[i]!) ?? [];
    known.push({ startUs, endUs, bytes });
    byInstance.set(calls.instance[i]!, known);
  }
  return [...byInstance.values()];
}

function gpuReadings({ log: { calls }, toTraceUs }: RealmOnTrace): Reading[] {
  return (calls.heldBytes ?? []).map((bytes, i) => {
    const startUs = toTraceUs(calls.atMs[i]!);
    return { startUs, endUs: startUs + calls.tookMs[i]! * 1000, bytes };
  });
}

/** The last size that was read in each window, of windows in which any was. */
function afterEach(windows: readonly Window[], readings: readonly Reading[]): number[] {
  const sorted = [...readings].sort((a, b) => a.endUs - b.endUs);
  let next = 0;
  return [...windows]
    .sort((a, b) => a.endUs - b.endUs)
    .flatMap(({ startUs, endUs }) => {
      let last: Reading | undefined;
      for (; next < sorted.length && sorted[next]!.endUs <= endUs + STEP_US; next++) last = sorted[next];
      return last && last.endUs > startUs ? [last.bytes] : [];
    });
}
