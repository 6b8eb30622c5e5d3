import { expect, test } from 'vitest';
import { network } from '../network.js';
import { runBoth } from '../runBoth.js';

test.each([
  ['of channels, which stays in NHWC', [1, 4, 3, 5], 1, [1, 8, 3, 5]],
  ['of rows', [1, 4, 3, 5], 2, [1, 4, 6, 5]],
  ['of three dimensions', [1, 4, 3], 1, [1, 8, 3]],
  ['of the last dimension', [2, 3], -1, [2, 6]],
] as const)('Concat %s', async (_, from, axis, to) => {
  const onnx = network(from, to, (graph) => graph.node('Concat', ['x', graph.node('Relu', ['x'])], { axis }));
  const { operators, check } = await runBoth(onnx, 0);
  expect(operators).toEqual(['Relu', 'ConcatV2']);
  expect(check).toMatchObject({ match: true });
});
