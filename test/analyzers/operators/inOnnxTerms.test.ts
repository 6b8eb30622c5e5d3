import { describe, expect, test } from 'vitest';
import { inOnnxTerms } from '../../../analyzers/operators/inOnnxTerms.js';
import { buildNode } from './buildNode.js';

const terms = (operator: string, inputs: number[][], output: number[]) => {
  const node = inOnnxTerms(buildNode({ operator, inputs, outputs: [output] }), 'tfjs');
  return [node.operator, node.inputs, node.outputs[0]];
};

describe('a kernel of TF.js in the terms of ONNX', () => {
  test('has images with channels first, and weights by outputs, inputs of the group, height, width', () => {
    expect(terms('FusedConv2D', [[1, 8, 9, 3], [5, 7, 3, 16], [16]], [1, 4, 3, 16])).toEqual([
      'Conv',
      [[1, 3, 8, 9], [16, 3, 5, 7], [16]],
      [1, 16, 4, 3],
    ]);
    expect(
      terms(
        'DepthwiseConv2dNative',
        [
          [1, 8, 8, 6],
          [3, 3, 6, 2],
        ],
        [1, 8, 8, 12],
      ),
    ).toEqual([
      'Conv',
      [
        [1, 6, 8, 8],
        [12, 1, 3, 3],
      ],
      [1, 12, 8, 8],
    ]);
    // A transposed convolution has its weights by height, width, outputs, inputs in TF.js, and inputs first in ONNX.
    expect(
      terms(
        'Conv2DBackpropInput',
        [
          [1, 4, 4, 8],
          [2, 2, 5, 8],
        ],
        [1, 8, 8, 5],
      )[1],
    ).toEqual([
      [1, 8, 4, 4],
      [8, 5, 2, 2],
    ]);
  });

  test('multiplies matrices without the batch of one that TF.js puts around them', () => {
    expect(terms('_FusedMatMul', [[1, 1, 1280], [1, 1280, 1000], [1000]], [1, 1, 1000])).toEqual([
      'Gemm',
      [[1, 1280], [1280, 1000], [1000]],
      [1, 1000],
    ]);
  });

  test('leaves the heads of an attention as they are, though they have four dimensions', () => {
    expect(
      terms(
        'BatchMatMul',
        [
          [1, 12, 128, 64],
          [1, 12, 64, 128],
        ],
        [1, 12, 128, 128],
      )[1],
    ).toEqual([
      [1, 12, 128, 64],
      [1, 12, 64, 128],
    ]);
  });

  test('is a global pooling where the mean is over the whole image', () => {
    expect(terms('Mean', [[1, 7, 7, 32], [2]], [1, 32])).toEqual(['GlobalAveragePool', [[1, 32, 7, 7], [2]], [1, 32, 1, 1]]);
    expect(terms('Mean', [[1, 7, 7, 32], [1]], [1, 7, 32])[0]).toBe('ReduceMean');
  });

  test('keeps a name that both have, and all of ONNX itself', () => {
    expect(terms('Add', [[1, 2, 3, 4], [4]], [1, 2, 3, 4])).toEqual(['Add', [[1, 4, 2, 3], [4]], [1, 4, 2, 3]]);
    expect(terms('constructor', [[4]], [4])[0]).toBe('constructor');
    const node = buildNode({ operator: 'Max' });
    expect(inOnnxTerms(node, 'onnx')).toBe(node);
  });
});
