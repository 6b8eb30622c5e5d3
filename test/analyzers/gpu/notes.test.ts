import { describe, expect, test } from 'vitest';
import type { GpuUse } from '../../../analyzers/gpu/gpuUse.js';
import { gpuNotes } from '../../../analyzers/gpu/index.js';
import { buildManifest } from '../buildManifest.js';

const manifest = (backend: string) => {
  const built = buildManifest();
  return { ...built, workload: { ...built.workload, backend } };
};
const used = (dispatches: number) =>
  ({ phases: { setup: null, warmup: null, predictions: { dispatches } } }) as unknown as GpuUse;

describe('notes on whether the GPU was used', () => {
  test('a GPU that was asked for and did nothing', () => {
    expect(gpuNotes(manifest('webgl'), used(0)).map(({ id }) => id)).toEqual(['gpu-never-ran']);
  });

  test('nothing where all is well, nothing was recorded, or no GPU was asked for', () => {
    expect(gpuNotes(manifest('webgl'), used(1))).toEqual([]);
    expect(gpuNotes(manifest('webgpu'), null)).toEqual([]);
    expect(gpuNotes(manifest('wasm'), used(0))).toEqual([]);
  });
});
