import { expect, test } from 'vitest';
import { inOnnxTerms } from '../../../analyzers/operators/inOnnxTerms.js';
import { operatorKind } from '../../../analyzers/operators/kind.js';
import { buildNode } from './buildNode.js';

const image = [1, 32, 56, 56];

test.each([
  ['a depthwise convolution', 'Conv', [image, [32, 1, 3, 3]], [image], 'depthwise'],
  ['one with an activation in it', 'FusedConv', [image, [32, 1, 5, 5]], [image], 'depthwise'],
  ['a 1×1 convolution', 'Conv', [image, [64, 32, 1, 1]], [[1, 64, 56, 56]], 'pointwise'],
  ['a convolution over a window', 'Conv', [image, [64, 32, 3, 3]], [[1, 64, 54, 54]], 'convolution'],
  [
    'one of a single channel',
    'Conv',
    [
      [1, 1, 28, 28],
      [8, 1, 3, 3],
    ],
    [[1, 8, 26, 26]],
    'convolution',
  ],
  ['one whose weights the profile omits', 'Conv', [image], [image], 'convolution'],
  ['a transposed convolution', 'ConvTranspose', [image, [32, 16, 2, 2]], [[1, 16, 112, 112]], 'convolution'],
  [
    'a product of the heads of an attention',
    'MatMul',
    [
      [1, 12, 128, 64],
      [1, 12, 64, 128],
    ],
    [[1, 12, 128, 128]],
    'attention',
  ],
  [
    'a product of matrices',
    'Gemm',
    [
      [1, 512],
      [512, 10],
    ],
    [[1, 10]],
    'product',
  ],
  ['a transposition', 'Transpose', [image], [[1, 56, 56, 32]], 'layout'],
  ['an addition', 'Add', [image, image], [image], 'elementwise'],
  ['a type that nobody knows', 'constructor', [image], [image], 'other'],
] as const)('%s is of its kind', (_, operator, inputs, outputs, kind) => {
  const shapes = (list: readonly (readonly number[])[]) => list.map((shape) => [...shape]);
  expect(operatorKind(buildNode({ operator, inputs: shapes(inputs), outputs: shapes(outputs) }))).toBe(kind);
});

test('a depthwise convolution of TensorFlow.js is one too', () => {
  const node = buildNode({
    operator: 'FusedDepthwiseConv2D',
    inputs: [
      [1, 56, 56, 32],
      [3, 3, 32, 1],
    ],
    outputs: [[1, 56, 56, 32]],
  });
  expect(operatorKind(inOnnxTerms(node, 'tfjs'))).toBe('depthwise');
});
