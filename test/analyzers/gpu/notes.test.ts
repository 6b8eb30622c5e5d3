import { describe, expect, test } from 'vitest';
import type { GpuUse } from '../../../analyzers/gpu/gpuUse.js';
import { gpuNotes } from '../../../analyzers/gpu/index.js';
import type { Placement } from '../../../src/bundle/manifest.js';
import { buildManifest } from '../buildManifest.js';

const manifest = (backend: string, placement: Placement | null = null) => {
  const built = buildManifest();
  return { ...built, workload: { ...built.workload, backend }, placement };
};
const used = (dispatches: number) =>
  ({ phases: { setup: null, warmup: null, predictions: { dispatches } } }) as unknown as GpuUse;

describe('notes on whether the GPU was used', () => {
  test('operators that ran elsewhere are named, most frequent first', () => {
    const elsewhere = ['A', 'B', 'C', 'D', 'E'].map((operator, i) => ({ operator, provider: 'CPU', count: 5 - i }));
    expect(gpuNotes(manifest('webgpu', { onBackend: 105, elsewhere, source: 'as it says' }), used(3))).toEqual([
      {
        id: 'placed-elsewhere',
        level: 'warning',
        text: '15 of 120 operators (A 5, B 4, C 3, D 2, …) ran on the CPU, not on WebGPU, as it says.',
      },
    ]);
  });

  test('a GPU that was asked for and did nothing', () => {
    expect(gpuNotes(manifest('webgl'), used(0)).map(({ id }) => id)).toEqual(['gpu-never-ran']);
  });

  test('nothing where all is well, nothing was recorded, or no GPU was asked for', () => {
    expect(gpuNotes(manifest('webgl', { onBackend: 9, elsewhere: [], source: '' }), used(1))).toEqual([]);
    expect(gpuNotes(manifest('webgpu'), null)).toEqual([]);
    expect(gpuNotes(manifest('wasm'), used(0))).toEqual([]);
  });
});
