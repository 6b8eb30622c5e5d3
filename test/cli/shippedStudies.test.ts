import { describe, expect, test } from 'vitest';
import { expandCells } from '../../collectors/study/expandCells.js';
import { readStudyFile } from '../../collectors/study/readStudyFile.js';
import { findStudyFile } from '../../src/cli/commands/study.js';
import { UsageError } from '../../src/cli/explain.js';
import { studyModels } from '../../src/cli/studyModels.js';

describe('the studies that come with Inferscope', () => {
  test('quick runs every backend, with threads and SIMD switched one at a time, in rounds enough for an interval', async () => {
    const file = await readStudyFile(findStudyFile('quick'));
    const { cells } = expandCells(file.plan, await studyModels(file), 2);
    expect(file.plan.rounds).toBeGreaterThanOrEqual(3);
    expect(new Set(cells.map(({ backend }) => backend))).toEqual(new Set(['wasm', 'webgl', 'webgpu']));
    expect(cells.filter(({ framework, backend }) => framework === 'tfjs' && backend === 'wasm').map(({ id }) => id)).toEqual([
      'mobilenet-v2.tfjs.wasm.t1.simd.worker',
      'mobilenet-v2.tfjs.wasm.t1.nosimd.worker',
      'mobilenet-v2.tfjs.wasm.t2.simd.worker',
    ]);
  });

  test('paper is the matrix of the paper, and WebGPU', async () => {
    const { plan } = await readStudyFile(findStudyFile('paper'));
    const models = new Map(
      plan.runs.flatMap(({ models }) => models.map((name) => [name, { name, formats: ['onnx', 'tfjs'] as const }])),
    );
    expect(models.size).toBe(9);
    const { cells } = expandCells(plan, models, 2);
    // ONNX Runtime by threads, TF.js by SIMD and threads, and both on both APIs of the GPU.
    expect(cells).toHaveLength(9 * (2 + 3 + 4));
  });

  test('are named where no study is meant by a name', () => {
    expect(() => findStudyFile('quik')).toThrow(UsageError);
    expect(() => findStudyFile('quik')).toThrow(/^There is no study file quik\. .* that come with Inferscope: paper, quick\.$/);
  });
});
