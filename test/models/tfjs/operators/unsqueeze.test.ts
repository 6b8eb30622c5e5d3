import { expect, test } from 'vitest';
import { network } from '../network.js';
import { runBoth } from '../runBoth.js';

test.each([
  ['in front', [3, 5], [0], [1, 3, 5]],
  ['twice inside', [3, 5], [1, 2], [3, 1, 1, 5]],
  ['counted from the end', [3, 5], [-1], [3, 5, 1]],
] as const)('Unsqueeze %s', async (_, from, axes, to) => {
  const onnx = network(from, to, (graph) =>
    graph.node('Unsqueeze', ['x', graph.constant('axes', [axes.length], BigInt64Array.from(axes, BigInt))]),
  );
  expect((await runBoth(onnx, 0)).check).toMatchObject({ match: true });
});
