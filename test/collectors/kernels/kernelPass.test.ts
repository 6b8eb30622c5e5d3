import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { loadInput } from '../../../src/loadInput.js';
import { onnxChain, shortRun } from '../harness/shortRun.js';

describe.skipIf(!findBrowser())('the profiling pass (skipped without a browser: trace doctor --fix)', () => {
  test('times each operator in the browser and natively, by name', async () => {
    const path = await onnxChain(['Selu', 'Sigmoid']);
    const { status, reason, folder } = await shortRun('ort', 'wasm', path, { natively: true });
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
