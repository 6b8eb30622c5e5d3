import { expect, test } from 'vitest';
import { network } from '../network.js';
import { runBoth } from '../runBoth.js';

test.each([
  ['with a bias', true],
  ['without', false],
])('a normalization goes into the convolution before it, %s', async (_, biased) => {
  const onnx = network([1, 4, 7, 9], [1, 6, 7, 9], (graph) => {
    const vector = (name: string, base: number) =>
      graph.constant(
        name,
        [6],
        Float32Array.from({ length: 6 }, (_, i) => base + i / 8),
      );
    const parameters = [graph.weight('w', [6, 4, 1, 1], 4), ...(biased ? [vector('bias', -0.5)] : [])];
    const statistics = [vector('scale', 1), vector('shift', 0.2), vector('mean', -1), vector('variance', 2)];
    return graph.node('BatchNormalization', [graph.node('Conv', ['x', ...parameters]), ...statistics]);
  });
  const { operators, check } = await runBoth(onnx, 1e-5);
  expect(operators).toEqual(['_FusedConv2D']);
  expect(check).toMatchObject({ match: true });
});
