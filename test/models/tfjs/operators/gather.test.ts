import { expect, test } from 'vitest';
import { OnnxGraph } from '../../../../models/onnx/graph.js';
import { network } from '../network.js';
import { runBoth } from '../runBoth.js';

const indices = (graph: OnnxGraph, shape: readonly number[], values: readonly number[]) =>
  graph.constant('indices', shape, BigInt64Array.from(values, BigInt));

test.each([
  ['of rows', [5, 3], [1, 4], [4, 0, 0, 2], 0, [1, 4, 3]],
  ['of one token of a text, whose dimension goes', [1, 4, 3], [], [2], 1, [1, 3]],
  ['along the last axis', [2, 3, 5], [2], [4, 1], -1, [2, 3, 2]],
  ['of channels of an image, in the order of NCHW', [1, 4, 3, 5], [2], [3, 1], 1, [1, 2, 3, 5]],
] as const)('Gather %s', async (_, from, shape, values, axis, to) => {
  const onnx = network(from, to, (graph) => graph.node('Gather', ['x', indices(graph, shape, values)], { axis }));
  expect((await runBoth(onnx, 0)).check).toMatchObject({ match: true });
});

test('Gather by ids that go in as int64 and, in TF.js, as int32', async () => {
  const graph = new OnnxGraph('test', 3, 17);
  const ids = graph.input('ids', 'int64', [2, 7]);
  const table = graph.weight('table', [100, 3], 6);
  graph.output(graph.node('Gather', [table, ids]), 'y', 'float32', [2, 7, 3]);
  const { operators, check } = await runBoth(graph, 0);
  expect(operators).toEqual(['GatherV2']);
  expect(check).toMatchObject({ match: true });
});
