import { describe, expect, test } from 'vitest';
import { expandCells } from '../../../collectors/study/expandCells.js';
import { freshStudy } from '../../../collectors/study/freshStudy.js';
import { planSchema, StudyError } from '../../../collectors/study/studyPlan.js';

const models = new Map([
  ['both', { name: 'both', formats: ['onnx', 'tfjs'] as const }],
  ['onnx', { name: 'onnx', formats: ['onnx'] as const }],
  ['./my model.v2/model.json', { name: 'my model.v2', formats: ['tfjs'] as const }],
]);
const expand = (runs: unknown, cores = 8) => expandCells(planSchema.parse({ name: 'a', runs }), models, cores);
const ids = (runs: unknown, cores?: number) => expand(runs, cores).cells.map(({ id }) => id);

describe('the cells of a study', () => {
  test('are the product of a block’s lists', () => {
    expect(ids([{ models: ['both', 'onnx'], threads: [1, 4], on: ['worker', 'main'] }])).toEqual([
      'both.ort.wasm.t1.worker',
      'both.ort.wasm.t1.main',
      'both.ort.wasm.t4.worker',
      'both.ort.wasm.t4.main',
      'onnx.ort.wasm.t1.worker',
      'onnx.ort.wasm.t1.main',
      'onnx.ort.wasm.t4.worker',
      'onnx.ort.wasm.t4.main',
    ]);
  });

  test('say their factors', () => {
    expect(expand([{ models: 'both', frameworks: 'tfjs', threads: 2 }]).cells).toEqual([
      {
        id: 'both.tfjs.wasm.t2.simd.worker',
        model: 'both',
        framework: 'tfjs',
        backend: 'wasm',
        threads: 2,
        simd: true,
        on: 'worker',
      },
    ]);
  });

  test('have as many threads as ONNX Runtime takes by itself, if the file does not say, and all cores for "all"', () => {
    expect(ids([{ models: 'both' }])).toEqual(['both.ort.wasm.t4.worker']);
    expect(ids([{ models: 'both' }], 2)).toEqual(['both.ort.wasm.t1.worker']);
    expect(ids([{ models: 'both', threads: [1, 'all'] }], 2)).toEqual(['both.ort.wasm.t1.worker', 'both.ort.wasm.t2.worker']);
  });

  test('do not differ in threads or SIMD on the GPU', () => {
    const { cells, excluded } = expand([
      { models: 'both', frameworks: ['ort', 'tfjs'], backends: ['webgl', 'webgpu'], threads: [1, 2], simd: ['on', 'off'] },
    ]);
    expect(cells.map(({ id }) => id)).toEqual([
      'both.ort.webgl.worker',
      'both.ort.webgpu.worker',
      'both.tfjs.webgl.worker',
      'both.tfjs.webgpu.worker',
    ]);
    expect(cells.every(({ threads, simd }) => threads === 4 && simd === null)).toBe(true);
    expect(excluded).toEqual([]);
  });

  test('are there once, however often they are named', () => {
    expect(
      ids(
        [
          { models: ['both', 'both'], threads: [1, 'all'] },
          { models: 'both', threads: 1 },
        ],
        1,
      ),
    ).toEqual(['both.ort.wasm.t1.worker']);
  });

  test('whose SIMD the framework does not switch off, or whose threads it lacks without, are left out with the reason', () => {
    const { cells, excluded } = expand([{ models: 'both', frameworks: ['ort', 'tfjs'], threads: [1, 2], simd: ['on', 'off'] }]);
    expect(cells.map(({ id }) => id)).toEqual([
      'both.ort.wasm.t1.worker',
      'both.ort.wasm.t2.worker',
      'both.tfjs.wasm.t1.simd.worker',
      'both.tfjs.wasm.t1.nosimd.worker',
      'both.tfjs.wasm.t2.simd.worker',
    ]);
    expect(excluded.map(({ cell, reason }) => [cell.id, reason])).toEqual([
      ['both.ort.wasm.t1.nosimd.worker', 'onnxruntime-web ships only Wasm with SIMD'],
      ['both.ort.wasm.t2.nosimd.worker', 'onnxruntime-web ships only Wasm with SIMD'],
      ['both.tfjs.wasm.t2.nosimd.worker', 'TensorFlow.js has threads only in its Wasm module with SIMD'],
    ]);
  });

  test('of a model that the framework does not read are left out with the reason', () => {
    const { cells, excluded } = expand([{ models: ['onnx', './my model.v2/model.json'], frameworks: ['ort', 'tfjs'] }]);
    expect(cells.map(({ id }) => id)).toEqual(['onnx.ort.wasm.t4.worker', 'my_model_v2.tfjs.wasm.t4.simd.worker']);
    expect(excluded.map(({ reason }) => reason)).toEqual([
      'onnx exists as ONNX only, which TensorFlow.js does not read',
      './my model.v2/model.json exists as a TF.js model only, which onnxruntime-web does not read',
    ]);
  });

  test('of two models with one name have folders of their own', () => {
    const twins = new Map(
      ['a/net.onnx', 'b/Net.onnx', 'c/…'].map((model) => [
        model,
        { name: model.slice(2).replace('.onnx', ''), formats: ['onnx'] as const },
      ]),
    );
    const { cells } = expandCells(planSchema.parse({ name: 'a', runs: [{ models: [...twins.keys()] }] }), twins, 2);
    expect(cells.map(({ id }) => id)).toEqual(['net.ort.wasm.t1.worker', 'Net-2.ort.wasm.t1.worker', '_.ort.wasm.t1.worker']);
  });
});

test('a study that multiplies to more runs than anybody makes is refused before they are listed', {
  timeout: 30_000,
}, async () => {
  const many = <T>(item: T): T[] => Array(100).fill(item);
  const block = {
    models: many('both'),
    frameworks: many('ort'),
    backends: many('wasm'),
    threads: many(1),
    simd: many('on'),
    on: many('main'),
  };
  const plan = planSchema.parse({ name: 'a', rounds: 1000, runs: many(block) });
  const fresh = freshStudy({ path: 'a.yaml', plan, sha256: '', place: () => '' }, models, '0');
  await expect(fresh).rejects.toThrow(StudyError);
  await expect(fresh).rejects.toThrow(
    /^a\.yaml: this study would have .* runs, and 100000 are the most\. Take something out of "runs"/,
  );
});
