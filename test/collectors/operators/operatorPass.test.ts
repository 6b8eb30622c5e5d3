import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { samplingIntervalUs } from '../../../collectors/cpuProfile/profileThreads.js';
import { loadInput } from '../../../src/loadInput.js';
import { recording } from '../../recordings/recording.js';
import { onnxChain, shortRun, tfjsOperator } from '../harness/shortRun.js';

/** Of numbers: as many as take several times the samples' interval. */
const WIDTH = 2 ** 22;

/** When an operator ran is known better than when a sample of it was due. */
const SAMPLING_MS = samplingIntervalUs(Infinity) / 1000;

describe.skipIf(!findBrowser())('the profiling pass (skipped without a browser: trace doctor --fix)', () => {
  test('times each operator in the browser and natively, by name', async () => {
    const path = await onnxChain(['Selu', 'Sigmoid']);
    const { status, reason, folder } = await shortRun('ort', 'wasm', path, ['timing', 'operators'], { natively: true });
    expect({ status, reason }).toEqual({ status: 'complete', reason: null });
    const input = await loadInput(folder);
    expect(input.manifest!.collectors.kernels).toEqual({
      outcome: 'done',
      // A slow machine has time for fewer than ten.
      detail: expect.stringMatching(/^4 operators in the browser and 4 natively, over [1-9]\d* predictions$/),
    });
    const { kernels, kernelTotals, notes } = analyze(input);
    expect(kernels.map(({ operator }) => operator).sort()).toEqual(['Add', 'Add', 'Selu', 'Sigmoid']);
    expect(kernels.every(({ pairedBy }) => pairedBy === 'name')).toBe(true);
    expect(kernelTotals!.profiledCoverage).toBeGreaterThan(0);
    expect(kernelTotals!.profiledCoverage).toBeLessThanOrEqual(1);
    expect(notes.map(({ id }) => id)).not.toContain('no-kernels');
  });

  test('shows the Wasm functions that the time of each type is in', async () => {
    const { folder } = await recording('default');
    const input = await loadInput(folder);
    expect(input.manifest!.collectors['kernel-samples']).toMatchObject({ outcome: 'done' });
    const { kernelTotals, wasm, notes } = analyze(input);
    const conv = kernelTotals!.types.find(({ operator }) => operator === 'Conv')!;
    expect(conv.samples).toBeGreaterThan(0.5 * kernelTotals!.sampling!.samples);
    expect(conv.outsideWasm).toBeLessThan(0.5);
    // What takes the most of the whole run takes it in convolutions.
    expect(wasm!.functions.slice(0, 3).map(({ index }) => index)).toContain(conv.functions![0]!.index);
    expect(kernelTotals!.sampling!.clockErrorMs).toBeLessThan(SAMPLING_MS);
    expect(notes.map(({ id }) => id)).not.toContain('kernel-functions');
  });

  test('times each kernel of TF.js once, by the name of its node, and probes what the machine reaches', async () => {
    const { status, reason, folder } = await shortRun('tfjs', 'wasm', await tfjsOperator('Relu', WIDTH), ['timing', 'operators']);
    expect({ status, reason }).toEqual({ status: 'complete', reason: null });
    const input = await loadInput(folder);
    expect(input.manifest!.collectors.kernels).toEqual({
      outcome: 'done',
      // A slow machine has time for fewer than ten.
      detail: expect.stringMatching(/^1 operators in the browser, over [1-9]\d* predictions$/),
    });
    const { kernels, kernelTotals } = analyze(input);
    expect(kernels).toMatchObject([
      { name: 'y', operator: 'Relu', provider: 'Wasm', shape: `1×${WIDTH}`, flops: WIDTH, bytes: 8 * WIDTH },
    ]);
    expect(kernelTotals!.sampling!.clockErrorMs).toBeLessThan(SAMPLING_MS);
    expect(kernels[0]!.samples).toBe(kernelTotals!.sampling!.samples);
    expect(kernelTotals!.peaks).toMatchObject({ threads: 1, instructions: 'simd128' });
    expect(kernelTotals!.peaks!.gigaflops).toBeGreaterThan(0);
    expect(kernelTotals!.peaks!.gigabytesPerSecond).toBeGreaterThan(0);
  });
});
