import type { MemoryLog } from '../../src/bundle/memoryLog.js';
import type { MemoryPhase, MemorySeries, MemoryUse } from '../analysis.js';
import { memoryPeak } from './memoryPeak.js';
import { onAxis } from './onAxis.js';
import { phaseTitles } from './phaseTitles.js';
import { type Readings, readings } from './readings.js';
import { sumOf } from './sumOf.js';

/**
 * A run's memory, of the memory pass. Two sums of it are set beside the model's size:
 *
 * - *live*: the tensors that were alive, weights too, as the framework counts them. What the run needs.
 * - *held*: the JavaScript heap as V8 holds it (free space in it too), array buffers outside of it, and Wasm memory. What the run takes. The
 *   three are apart: see collectors/memory/watchHeaps.ts. Tensors are in no sum of their own, as they live in one of these.
 *
 * The two may be far apart: Wasm memory never shrinks, its allocator keeps what it was given back, and V8 frees late. A published
 * 334.6 times the model's size (ESRGAN, TF.js Wasm) is `totalJSHeapSize`, which is of the held kind, over several models in one page; the
 * tensors that were alive were 11.8 times. The process's size holds what was touched of it all, and the browser itself.
 *
 * @param modelBytes of the model's files, with weights beside them
 * @returns null if the pass ended before anything was read
 */
export function memoryUse(log: MemoryLog, modelBytes: number): MemoryUse | null {
  const { processes, heaps, page, phases } = log;
  const wasm = page.wasmBytes.some((bytes) => bytes > 0) ? readings(page.atMs, page.wasmBytes) : null;
  const jsHeap = readings(heaps.atMs, heaps.totalBytes);
  const arrayBuffers = readings(heaps.atMs, heaps.arrayBufferBytes);
  const found: Readonly<Record<MemorySeries['id'], Readings | null>> = {
    tensors: readings(page.atMs, page.tensorBytes),
    wasm,
    jsHeap,
    arrayBuffers,
    process: processes && readings(processes.atMs, processes.pageBytes),
    gpuProcess: processes && readings(processes.atMs, processes.gpuBytes),
    gpuBuffers: readings(page.atMs, page.gpuBytes),
  };
  const sources = SERIES.flatMap(({ id, title }) => (found[id] ? [{ id, title, source: found[id] }] : []));
  if (sources.length === 0 || phases.length === 0) return null;
  const timesMs = [...new Set(sources.flatMap(({ source }) => source.atMs))].sort((a, b) => a - b);
  const series = sources.map(({ id, title, source }) => ({ id, title, bytes: onAxis(source, timesMs) }));
  const held = sumOf([wasm, jsHeap, arrayBuffers].filter((source) => source !== null));
  const peak = (source: Readings | null) => source && memoryPeak(source, phases, modelBytes);
  return {
    modelBytes,
    live: peak(found.tensors),
    held: peak(held),
    process: peak(found.process),
    gpuProcess: peak(found.gpuProcess),
    timesMs,
    series,
    phases: phases.map((phase) => phaseOf(phase, timesMs, series)),
  };
}

/** In the order in which they are shown. */
const SERIES: readonly { readonly id: MemorySeries['id']; readonly title: string }[] = [
  { id: 'process', title: 'Page’s process' },
  { id: 'gpuProcess', title: 'GPU process' },
  { id: 'wasm', title: 'Wasm memory' },
  { id: 'arrayBuffers', title: 'Array buffers' },
  { id: 'jsHeap', title: 'JavaScript heap' },
  { id: 'gpuBuffers', title: 'GPU buffers and textures' },
  { id: 'tensors', title: 'Living tensors' },
];

function phaseOf(
  { phase, startMs, endMs }: MemoryLog['phases'][number],
  timesMs: readonly number[],
  series: readonly MemorySeries[],
): MemoryPhase {
  const peakBytes: Record<string, number | null> = {};
  for (const { id, bytes } of series) {
    const inside = bytes.filter((value, place): value is number => {
      return value !== null && timesMs[place]! >= startMs && timesMs[place]! <= endMs;
    });
    peakBytes[id] = inside.length === 0 ? null : inside.reduce((most, value) => Math.max(most, value), 0);
  }
  return { title: phaseTitles[phase], startMs, endMs, peakBytes };
}
