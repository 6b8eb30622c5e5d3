import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { arithmetic } from '../../../analyzers/operators/arithmetic.js';
import { inOnnxTerms } from '../../../analyzers/operators/inOnnxTerms.js';
import { readOrtProfile } from '../../../collectors/operators/readOrtProfile.js';
import { readTfjsProfile } from '../../../collectors/operators/readTfjsProfile.js';
import { packageRoot } from '../../../src/packageRoot.js';
import { buildNode } from './buildNode.js';

const file = (path: string): string => readFileSync(join(packageRoot(), 'test', path), 'utf8');
/** One prediction each on ONNX Runtime's Wasm, cut to its operators. */
const ort = (model: string) => readOrtProfile(file(`analyzers/operators/${model}.wasm.json`), 1, 1).nodes;
const tfjs = readTfjsProfile(file('collectors/operators/tfjs.mobilenet-v2.json'), 1, 1, 'wasm').nodes.map((node) =>
  inOnnxTerms(node, 'tfjs'),
);
const gigaflop = (nodes: readonly Parameters<typeof arithmetic>[0][]): number =>
  nodes.reduce((sum, node) => sum + (arithmetic(node).flops ?? 0), 0) / 1e9;
const work = (operator: string, inputs: number[][], output: number[], type = 'float') =>
  arithmetic(buildNode({ operator, inputs, outputs: [output], inputTypes: inputs.map(() => type), outputTypes: [type] }));

describe('the work of an operator', () => {
  // Sandler et al. 2018, table 4: 300 M multiply-adds. https://arxiv.org/abs/1801.04381
  test('sums to what is published of MobileNetV2, in both frameworks', () => {
    expect(gigaflop(ort('mobilenet-v2'))).toBeCloseTo(0.6, 1);
    expect(gigaflop(tfjs)).toBeCloseTo(0.6, 1);
    expect(gigaflop(tfjs) / gigaflop(ort('mobilenet-v2'))).toBeCloseTo(1, 2);
  });

  // 4.09 G multiply-adds: https://pytorch.org/vision/stable/models/generated/torchvision.models.resnet50.html
  test('sums to what is published of ResNet50', () => {
    expect(gigaflop(ort('resnet50')) / 8.18).toBeCloseTo(1, 2);
  });

  test('of a convolution follows from its weights, grouped or not', () => {
    expect(work('Conv', [[1, 3, 8, 8], [16, 3, 3, 3], [16]], [1, 16, 8, 8])).toEqual({
      flops: 2 * (16 * 64) * 27,
      bytes: 4 * (192 + 432 + 16 + 1024),
    });
    expect(
      work(
        'FusedConv',
        [
          [1, 16, 8, 8],
          [16, 1, 3, 3],
        ],
        [1, 16, 4, 4],
      ).flops,
    ).toBe(2 * 256 * 9);
    expect(
      work(
        'ConvTranspose',
        [
          [1, 8, 4, 4],
          [8, 2, 2, 2],
        ],
        [1, 2, 8, 8],
      ).flops,
    ).toBe(2 * 128 * 8);
  });

  test('of a matrix product does not need the second matrix, which ORT leaves out once it has packed it', () => {
    const whole = { flops: 2 * 1280 * 1000, bytes: 4 * (1280 + 1280 * 1000 + 1000 + 1000) };
    expect(work('Gemm', [[1, 1280], [1000]], [1, 1000])).toEqual(whole);
    expect(work('Gemm', [[1, 1280], [1000, 1280], [1000]], [1, 1000])).toEqual(whole);
    expect(
      work(
        'MatMul',
        [
          [12, 128, 64],
          [12, 64, 128],
        ],
        [12, 128, 128],
      ),
    ).toEqual({
      flops: 2 * 12 * 128 * 128 * 64,
      bytes: 4 * 12 * (2 * 128 * 64 + 128 * 128),
    });
    expect(work('MatMul', [[128, 64], [64]], [128])).toMatchObject({ flops: 2 * 128 * 64, bytes: 4 * (128 * 64 + 64 + 128) });
  });

  test('of what only moves is its bytes, of what may only rename not even those', () => {
    expect(work('Concat', [[4], [4]], [8])).toEqual({ flops: 0, bytes: 64 });
    expect(work('Gather', [[30_000, 4], [2]], [2, 4])).toEqual({ flops: 0, bytes: 64 });
    expect(work('Reshape', [[4, 2], [1]], [8])).toEqual({ flops: 0, bytes: null });
  });

  test('is not guessed where no rule tells it, nor its bytes where a type is not known', () => {
    expect(work('MaxPool', [[1, 8, 4, 4]], [1, 8, 2, 2]).flops).toBeNull();
    expect(work('QLinearConv', [[1, 8, 4, 4]], [1, 8, 4, 4], 'uint8')).toEqual({ flops: null, bytes: 256 });
    expect(work('Add', [[4], [4]], [4], 'string')).toEqual({ flops: 4, bytes: null });
    expect(arithmetic(buildNode({ inputTypes: null })).bytes).toBeNull();
    // As ONNX Runtime's WebGPU tells it: weights packed away, a bias in their place.
    expect(work('Conv', [[1, 8, 8, 3], [16]], [1, 8, 8, 16])).toEqual({ flops: null, bytes: null });
    expect(work('constructor', [[4]], [4]).flops).toBeNull();
  });

  test('counts half the bytes of half-precision numbers', () => {
    expect(work('Relu', [[10]], [10], 'float16')).toEqual({ flops: 10, bytes: 40 });
  });
});
