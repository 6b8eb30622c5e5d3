import { expect, test } from 'vitest';
import { network } from '../network.js';
import { runBoth } from '../runBoth.js';

test.each([
  ['of a matrix, reversed without being told how', [3, 5], undefined, [5, 3], ['Transpose']],
  ['of three dimensions', [2, 3, 5], [1, 0, 2], [3, 2, 5], ['Transpose']],
  ['of an image, to another order than NHWC', [1, 4, 3, 5], [0, 3, 1, 2], [1, 5, 4, 3], ['Transpose', 'Transpose']],
  ['of five dimensions', [2, 3, 2, 2, 4], [0, 3, 4, 1, 2], [2, 2, 4, 3, 2], ['Transpose']],
] as const)('Transpose %s', async (_, from, perm, to, operators) => {
  const both = await runBoth(
    network(from, to, (graph) => graph.node('Transpose', ['x'], perm ? { perm } : {})),
    0,
  );
  expect(both.operators).toEqual(operators);
  expect(both.check).toMatchObject({ match: true });
});

test("Transpose of an image to NHWC, as a detector's heads have it, moves nothing", async () => {
  const head = network([1, 4, 3, 5], [15, 4], (graph) =>
    graph.node('Reshape', [
      graph.node('Transpose', ['x'], { perm: [0, 2, 3, 1] }),
      graph.constant('sizes', [2], BigInt64Array.of(-1n, 4n)),
    ]),
  );
  const { operators, check } = await runBoth(head, 0);
  expect(operators).toEqual(['Reshape']);
  expect(check).toMatchObject({ match: true });
});
