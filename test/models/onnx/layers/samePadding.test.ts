import { expect, test } from 'vitest';
import { samePadding } from '../../../../models/onnx/layers/samePadding.js';

test.each([
  [3, 1, [1, 1]],
  [3, 2, [0, 1]],
  [5, 2, [1, 2]],
  [1, 1, [0, 0]],
  [1, 2, [0, 0]],
] as const)('a window of %i in steps of %i is padded by %j', (kernel, stride, padding) => {
  expect(samePadding(kernel, stride)).toEqual(padding);
});
