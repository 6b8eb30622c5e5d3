import { expect, test } from 'vitest';
import type { Attributes, OnnxGraph } from '../../../../models/onnx/graph.js';
import { translate } from '../../../../models/tfjs/translate.js';
import { network } from '../network.js';
import { runBoth } from '../runBoth.js';

const NEAREST = { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' };

const resize = (graph: OnnxGraph, factors: readonly number[], attributes: Attributes = NEAREST): string =>
  graph.node('Resize', ['x', '', graph.constant('factors', [4], Float32Array.from(factors))], attributes);

test('Resize repeats each pixel, in each direction as often as it is told', async () => {
  const onnx = network([1, 4, 3, 5], [1, 4, 6, 15], (graph) => resize(graph, [1, 1, 2, 3]));
  const { operators, check } = await runBoth(onnx, 0);
  expect(operators).toEqual(['ResizeNearestNeighbor']);
  expect(check).toMatchObject({ match: true });
});

test.each([
  ['between pixels', [1, 1, 2, 2], { mode: 'linear' }, 'Only Resize to the nearest pixel'],
  ['by one and a half', [1, 1, 1.5, 1.5], NEAREST, 'by whole factors'],
] as const)('Resize %s is refused', (_, factors, attributes, message) => {
  const onnx = network([1, 4, 4, 4], [1, 4, 8, 8], (graph) => resize(graph, factors, attributes));
  expect(() => translate(onnx)).toThrow(message);
});
