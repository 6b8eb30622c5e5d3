import { describe, expect, test } from 'vitest';
import { memoryUse } from '../../../analyzers/memory/memory.js';
import { buildMemoryLog } from './buildMemoryLog.js';

const MODEL = 4e6;
const use = memoryUse(buildMemoryLog(), MODEL)!;
const series = (id: string) => use.series.find((one) => one.id === id)!;

describe('what a run held', () => {
  test('is heap, array buffers and Wasm memory of the same moment, each as it was last told', () => {
    // The array buffers were gone from the log when the Wasm memory was largest: the peak is not the sum of the peaks.
    expect(use.held).toEqual({ peakBytes: 43e6, phase: 'Warm-up', ratio: 43e6 / MODEL, afterBytes: 42e6 });
  });

  test('counts a peak between two other readings', () => {
    const log = buildMemoryLog();
    const early = { ...log.heaps, arrayBufferBytes: [0, 9e6, 9e6, 1e6, 0] };
    expect(memoryUse({ ...log, heaps: early }, MODEL)!.held!.peakBytes).toBe(51e6);
  });

  test('is known without Wasm too, and then no series pretends that there was some', () => {
    const log = buildMemoryLog();
    const without = memoryUse({ ...log, page: { ...log.page, wasmBytes: log.page.wasmBytes.map(() => 0) } }, MODEL)!;
    expect(without.held).toMatchObject({ peakBytes: 11e6, phase: 'Setup' });
    expect(without.series.map(({ id }) => id)).not.toContain('wasm');
  });
});

describe('what was alive', () => {
  test('has a peak of its own, with its phase, its ratio to the model, and what is left of it', () => {
    expect(use.live).toEqual({ peakBytes: 12e6, phase: 'Predictions', ratio: 3, afterBytes: 0 });
  });

  test('is unknown where the framework does not tell', () => {
    const log = buildMemoryLog();
    const untold = memoryUse({ ...log, page: { ...log.page, tensorBytes: log.page.tensorBytes.map(() => null) } }, MODEL)!;
    expect(untold.live).toBeNull();
    expect(untold.held).toEqual(use.held);
  });
});

describe('the size of processes', () => {
  test('is that of the system', () => {
    expect(use.process).toEqual({ peakBytes: 90e6, phase: 'Warm-up', ratio: 22.5, afterBytes: 70e6 });
    expect(use.gpuProcess).toMatchObject({ peakBytes: 25e6, phase: 'Predictions' });
  });

  test('is unknown where the system does not tell', () => {
    const untold = memoryUse(buildMemoryLog({ processes: null }), MODEL)!;
    expect([untold.process, untold.gpuProcess]).toEqual([null, null]);
    expect(untold.series.map(({ id }) => id)).toEqual(['wasm', 'arrayBuffers', 'jsHeap', 'tensors']);
  });
});

describe('the time axis', () => {
  test('has the times of all sources in order, and each series is as long', () => {
    expect(use.timesMs).toEqual([...use.timesMs].sort((a, b) => a - b));
    expect(new Set(use.timesMs).size).toBe(use.timesMs.length);
    for (const { bytes } of use.series) expect(bytes).toHaveLength(use.timesMs.length);
  });

  test('has nothing of a series where it was not told', () => {
    const told = series('tensors').bytes.map((value, place) => [use.timesMs[place], value]);
    expect(told.filter(([, value]) => value !== null)).toEqual([
      [230, 5e6],
      [330, 10e6],
      [410, 6e6],
      [440, 12e6],
      [550, 0],
      [670, 0],
    ]);
  });

  test('puts rows that came out of order where they belong', () => {
    const log = buildMemoryLog();
    const { heaps } = log;
    const reversed = Object.fromEntries(Object.entries(heaps).map(([name, column]) => [name, [...column].reverse()]));
    expect(memoryUse({ ...log, heaps: reversed as typeof heaps }, MODEL)).toEqual(use);
  });
});

describe('the phases', () => {
  test('have the highest of each series, and nothing of one that said nothing', () => {
    const setup = use.phases.find(({ title }) => title === 'Setup')!;
    expect(setup.peakBytes).toEqual({
      process: 60e6,
      gpuProcess: 20e6,
      wasm: 20e6,
      arrayBuffers: 9e6,
      jsHeap: 2e6,
      tensors: 5e6,
    });
    expect(use.phases.find(({ title }) => title === 'Warm-up')!.peakBytes.gpuProcess).toBeNull();
  });

  test('of a run that ended early say nothing of what is left', () => {
    const log = buildMemoryLog();
    const early = memoryUse({ ...log, phases: log.phases.slice(0, 5) }, MODEL)!;
    expect([early.held!.afterBytes, early.live!.afterBytes, early.process!.afterBytes]).toEqual([null, null, null]);
  });

  test('of a run that never began make no memory use', () => {
    expect(memoryUse(buildMemoryLog({ phases: [] }), MODEL)).toBeNull();
  });
});
