import { expect, test } from 'vitest';
import type { Attributes, OnnxGraph } from '../../../../models/onnx/graph.js';
import { translate } from '../../../../models/tfjs/translate.js';
import { network } from '../network.js';
import { runBoth } from '../runBoth.js';

const normalize = (graph: OnnxGraph, parameters: number, attributes: Attributes): string =>
  graph.node('LayerNormalization', ['x', graph.weight('scale', [6], 6), graph.weight('shift', [6], 6)].slice(0, 1 + parameters), {
    ...attributes,
  });

test.each([
  ['with scale and shift', 2, { axis: -1, epsilon: { float: 1e-12 } }],
  ['without shift, and a large epsilon', 1, { axis: 2, epsilon: { float: 0.5 } }],
  ["with ONNX's own epsilon", 2, {}],
] as const)('LayerNormalization %s', async (_, parameters, attributes) => {
  const onnx = network([2, 5, 6], [2, 5, 6], (graph) => normalize(graph, parameters, attributes));
  expect((await runBoth(onnx, 1e-5)).check).toMatchObject({ match: true });
});

test('LayerNormalization over several dimensions is refused', () => {
  const onnx = network([2, 5, 6], [2, 5, 6], (graph) => normalize(graph, 2, { axis: 1 }));
  expect(() => translate(onnx)).toThrow('more than the last dimension');
});
