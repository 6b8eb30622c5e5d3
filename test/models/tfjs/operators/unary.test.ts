import { expect, test } from 'vitest';
import { network } from '../network.js';
import { runBoth } from '../runBoth.js';

test.each(['Erf', 'Relu', 'Sigmoid', 'Tanh'])('%s, of an image and of a matrix', async (operator) => {
  for (const shape of [
    [1, 4, 3, 5],
    [3, 5],
  ]) {
    const onnx = network(shape, shape, (graph) => graph.node(operator, ['x']));
    const { operators, check } = await runBoth(onnx, 1e-5);
    expect(operators).toEqual([operator]);
    expect(check).toMatchObject({ match: true });
  }
});
