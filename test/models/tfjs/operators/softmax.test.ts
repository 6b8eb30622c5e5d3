import { expect, test } from 'vitest';
import { translate } from '../../../../models/tfjs/translate.js';
import { network } from '../network.js';
import { runBoth } from '../runBoth.js';

test.each([
  ['of a matrix', [3, 5], -1],
  ['of the scores of heads', [1, 2, 3, 3], 3],
] as const)('Softmax %s', async (_, shape, axis) => {
  const onnx = network(shape, shape, (graph) => graph.node('Softmax', ['x'], { axis }));
  const { operators, check } = await runBoth(onnx, 1e-5);
  expect(operators).toContain('Softmax');
  expect(check).toMatchObject({ match: true });
});

test('Softmax over another dimension is refused', () => {
  const onnx = network([3, 5], [3, 5], (graph) => graph.node('Softmax', ['x'], { axis: 0 }));
  expect(() => translate(onnx)).toThrow('another dimension than the last');
});
