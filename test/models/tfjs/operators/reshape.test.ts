import { expect, test } from 'vitest';
import type { OnnxGraph } from '../../../../models/onnx/graph.js';
import { translate } from '../../../../models/tfjs/translate.js';
import { network } from '../network.js';
import { runBoth } from '../runBoth.js';

const reshape = (graph: OnnxGraph, value: string, sizes: readonly number[]): string =>
  graph.node('Reshape', [value, graph.constant('sizes', [sizes.length], BigInt64Array.from(sizes, BigInt))]);

test.each([
  ['of an image, in the order of NCHW', [1, 4, 3, 5], [4, 15], [4, 15], ['Transpose', 'Reshape']],
  ['of an image of one channel, which need not move', [1, 1, 3, 5], [3, 5], [3, 5], ['Reshape']],
  ['to an image', [6, 10], [1, 3, 4, 5], [1, 3, 4, 5], ['Reshape', 'Transpose']],
  ['that keeps a dimension and leaves one to be found', [2, 6, 5], [0, 3, -1], [2, 3, 10], ['Reshape']],
  ['to five dimensions', [1, 6, 2, 2], [1, 2, 3, 2, 2], [1, 2, 3, 2, 2], ['Transpose', 'Reshape']],
] as const)('Reshape %s', async (_, from, sizes, to, operators) => {
  const both = await runBoth(
    network(from, to, (graph) => reshape(graph, 'x', sizes)),
    0,
  );
  expect(both.operators).toEqual(operators);
  expect(both.check).toMatchObject({ match: true });
});

test('Reshape knows the size that it found, and what is behind it too', async () => {
  const twice = network([2, 6, 5], [60], (graph) =>
    graph.node('Reshape', [reshape(graph, 'x', [0, -1]), graph.constant('flat', [1], BigInt64Array.of(-1n))]),
  );
  expect((await runBoth(twice, 0)).check).toMatchObject({ match: true });
});

test('Reshape with two sizes that nobody knows is refused', () => {
  const graph = network([2, 6], [2, 6], (it) => reshape(it, 'x', [0, -1]));
  const open = { ...graph.inputs[0]!, shape: ['batch', 6] };
  graph.inputs.splice(0, 1, open);
  expect(() => translate(graph)).toThrow('more than one dimension of unknown size');
});
