import { expect, test } from 'vitest';
import { network } from '../network.js';
import { runBoth } from '../runBoth.js';

test.each([
  ['that keeps the size', [1, 4, 6, 7], 5, 1, [2, 2, 2, 2], [1, 4, 6, 7]],
  ['with a stride, padded behind', [1, 4, 8, 6], 3, 2, [0, 0, 1, 1], [1, 4, 4, 3]],
] as const)('MaxPool %s pads as SAME does, and needs no node for it', async (_, from, window, stride, pads, to) => {
  const onnx = network(from, to, (graph) => {
    const low = graph.node('Add', ['x', graph.constant('low', [], Float32Array.of(-100))]);
    return graph.node('MaxPool', [low], { kernel_shape: [window, window], strides: [stride, stride], pads });
  });
  const { operators, check } = await runBoth(onnx, 0);
  expect(operators).toEqual(['AddV2', 'MaxPool']);
  expect(check).toMatchObject({ match: true });
});
