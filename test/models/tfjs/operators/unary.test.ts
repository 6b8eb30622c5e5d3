import { expect, test } from 'vitest';
import { network } from '../network.js';
import { runBoth } from '../runBoth.js';

test.each([
  ['an image', [1, 4, 3, 5]],
  ['a matrix', [3, 5]],
] as const)('Sigmoid of %s', async (_, shape) => {
  const { operators, check } = await runBoth(
    network(shape, shape, (graph) => graph.node('Sigmoid', ['x'])),
    1e-5,
  );
  expect(operators).toEqual(['Sigmoid']);
  expect(check).toMatchObject({ match: true });
});
