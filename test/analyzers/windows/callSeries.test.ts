import { expect, test } from 'vitest';
import { countInferences } from '../../../analyzers/windows/callSeries.js';
import type { WasmRealm } from '../../../src/bundle/wasmLog.js';
import { buildGpuLog } from '../gpu/buildGpuLog.js';

const calls = (count: number, tookMs: number): WasmRealm => ({
  clock: { mark: 'clock', atMs: 0, stepMs: 0.1 },
  instances: [{ sha256: null, atMs: 0, tookMs: 1 }],
  names: ['run'],
  calls: {
    instance: Array(count).fill(0),
    name: Array(count).fill(0),
    atMs: Array.from({ length: count }, (_, i) => 1000 * i),
    tookMs: Array(count).fill(tookMs),
    doneMs: Array(count).fill(-1),
  },
  dropped: 0,
});

test('counts those of the realm that takes the most time', () => {
  expect(countInferences([], [])).toBe(0);
  expect(countInferences([calls(7, 20), calls(30, 1)], [])).toBe(7);
});

test('counts work for the GPU that is read back', () => {
  const rounds = [0, 500, 1000].flatMap((at) => [
    { name: 'queue.submit', atMs: at, tookMs: 0.1, count: 5 },
    { name: 'mapAsync(READ)', atMs: at + 1, tookMs: 0.1, doneMs: at + 100 },
  ]);
  expect(countInferences([calls(7, 1)], [buildGpuLog({ calls: rounds })])).toBe(3);
});
