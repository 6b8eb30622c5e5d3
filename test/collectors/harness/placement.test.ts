import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { loadInput } from '../../../src/loadInput.js';
import { onnxChain, shortRun, tfjsOperator } from './shortRun.js';

/** The trace tells whether anything ran on the GPU. */
const PASSES = ['timing', 'trace', 'placement'] as const;

describe.skipIf(!findBrowser())('where operators ran (skipped without a browser: trace doctor --fix)', () => {
  test('ONNX Runtime passes to the CPU what its WebGPU provider lacks, and the run says so', { tags: ['slow'] }, async () => {
    const { status, reason, folder } = await shortRun(
      'ort',
      'webgpu',
      await onnxChain(['Selu', 'HardSigmoid', 'Celu', 'Sign']),
      PASSES,
    );
    expect({ status, reason }).toEqual({ status: 'complete', reason: null });
    const { placement, notes } = analyze(await loadInput(folder));
    expect(placement!.elsewhere).toContainEqual({ operator: 'Selu', provider: 'CPU', count: 1 });
    expect(placement!.elsewhere.map(({ operator }) => operator)).not.toContain('Add');
    expect(placement!.nodes.map(({ operator, why }) => [operator, why])).toContainEqual(['Selu', 'lacks']);
    expect(placement!.onBackendTypes).toContainEqual({ operator: 'Add', count: 4 });
    const elsewhere = placement!.elsewhere.length;
    expect(notes.find(({ id }) => id === 'placed-elsewhere')!.text).toMatch(
      new RegExp(`^${elsewhere} of ${placement!.onBackend + elsewhere} operators \\(.*Selu 1.*\\) ran on the CPU, not on WebGPU`),
    );
    expect(notes.map(({ id }) => id)).not.toContain('gpu-never-ran');
  });

  const title = 'TF.js computes %i numbers with %i programs of WebGL';
  test.each([[64, 0, [{ operator: 'Neg', provider: 'CPU', count: 1 }]]])(title, placed);
  test.each([[4096, 1, []]])(title, { tags: ['slow'] }, placed);

  test('a kernel of TF.js that reads its input back and computes in JavaScript is named, with what that costs', {
    tags: ['slow'],
  }, async () => {
    const { status, reason, folder } = await shortRun('tfjs', 'webgl', await tfjsOperator('UniqueV2', 4096), PASSES);
    expect({ status, reason }).toEqual({ status: 'complete', reason: null });
    const { fallbacks, steps } = analyze(await loadInput(folder));
    expect(fallbacks).toMatchObject({ backend: 'WebGL', lacking: 1, nodes: [{ operator: 'Unique', why: 'reads' }] });
    expect(fallbacks!.cost!.bytes).toBeGreaterThanOrEqual(4 * 4096);
    expect(steps!.find(({ id }) => id === 'gpu.fallback')!.saves).toMatchObject({ kind: 'bound', ms: fallbacks!.cost!.savesMs });
  });

  async function placed(width: number, onBackend: number, elsewhere: readonly object[]): Promise<void> {
    const { status, reason, folder } = await shortRun('tfjs', 'webgl', await tfjsOperator('Neg', width), PASSES);
    expect({ status, reason }).toEqual({ status: 'complete', reason: null });
    const { placement, fallbacks, steps, notes } = analyze(await loadInput(folder));
    expect(placement).toMatchObject({ onBackend, elsewhere });
    expect(placement!.nodes.map(({ name, operator, why }) => ({ name, operator, why }))).toEqual(
      elsewhere.map(() => ({ name: 'y', operator: 'Neg', why: 'small' })),
    );
    expect(fallbacks).toMatchObject({ lacking: 0 });
    expect(steps!.map(({ id }) => id)).not.toContain('gpu.fallback');
    expect(notes.some(({ id }) => id === 'gpu-never-ran')).toBe(onBackend === 0);
  }
});
