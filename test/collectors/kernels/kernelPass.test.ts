import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { collectRun } from '../../../collectors/collectRun.js';
import { silent } from '../../../collectors/progress.js';
import { modelFeeds } from '../../../models/modelFeeds.js';
import { resolveModel } from '../../../models/resolveModel.js';
import { loadInput } from '../../../src/loadInput.js';
import { temporaryFolder } from '../../models/temporaryFolder.js';
import { onnxChain } from '../harness/gpuRun.js';

describe.skipIf(!findBrowser())('the profiling pass (skipped without a browser: trace doctor --fix)', () => {
  test('times each operator in the browser and natively, by name', async () => {
    const path = await onnxChain(['Selu', 'Sigmoid']);
    const cacheFolder = await temporaryFolder();
    const model = await resolveModel(path, { cacheFolder, format: 'onnx' });
    const { inputs } = modelFeeds(model, [], 1);
    const folder = join(cacheFolder, 'bundle');
    const { status, reason } = await collectRun(
      {
        folder,
        toolVersion: 'test',
        model,
        inputs,
        baseline: { path, inputs, twin: false },
        framework: 'ort',
        backend: 'wasm',
        on: 'worker',
        threads: 1,
        simd: null,
        isolated: true,
        iterations: 2,
        seed: 1,
        ladder: null,
      },
      silent,
      new AbortController().signal,
    );
    expect({ status, reason }).toEqual({ status: 'complete', reason: null });
    const input = await loadInput(folder);
    expect(input.manifest!.collectors.kernels).toEqual({
      outcome: 'done',
      detail: '4 operators in the browser and 4 natively, over 10 predictions',
    });
    const { kernels, kernelTotals, notes } = analyze(input);
    expect(kernels.map(({ operator }) => operator).sort()).toEqual(['Add', 'Add', 'Selu', 'Sigmoid']);
    expect(kernels.every(({ pairedBy }) => pairedBy === 'name')).toBe(true);
    expect(kernelTotals!.profiledCoverage).toBeGreaterThan(0);
    expect(kernelTotals!.profiledCoverage).toBeLessThanOrEqual(1);
    expect(notes.map(({ id }) => id)).not.toContain('no-kernels');
  });
});
