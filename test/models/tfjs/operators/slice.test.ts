import { expect, test } from 'vitest';
import type { OnnxGraph } from '../../../../models/onnx/graph.js';
import { translate } from '../../../../models/tfjs/translate.js';
import { network } from '../network.js';
import { runBoth } from '../runBoth.js';

const ints = (graph: OnnxGraph, name: string, values: readonly number[]) =>
  graph.constant(name, [values.length], BigInt64Array.from(values, BigInt));

const slice = (graph: OnnxGraph, ...bounds: readonly (readonly number[])[]): string =>
  graph.node('Slice', ['x', ...bounds.map((values, i) => ints(graph, `bounds${i}`, values))]);

test.each([
  [
    'of the first dimensions',
    [5, 6],
    [
      [1, 2],
      [4, 6],
    ],
    [3, 4],
  ],
  ['of an axis', [2, 5, 6], [[1], [3], [1]], [2, 2, 6]],
  ['counted from the end, and further than there is', [5, 6], [[-2], [1000], [-1]], [5, 2]],
  ['of an image, in the order of NCHW', [1, 4, 3, 5], [[1], [3], [1]], [1, 2, 3, 5]],
] as const)('Slice %s', async (_, from, bounds, to) => {
  const onnx = network(from, to, (graph) => slice(graph, ...bounds));
  expect((await runBoth(onnx, 0)).check).toMatchObject({ match: true });
});

test('Slice in larger steps is refused', () => {
  const onnx = network([6], [3], (graph) => slice(graph, [0], [6], [0], [2]));
  expect(() => translate(onnx)).toThrow("Slice's steps have no translation");
});
