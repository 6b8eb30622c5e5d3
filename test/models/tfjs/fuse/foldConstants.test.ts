import { expect, test } from 'vitest';
import { network } from '../network.js';
import { runBoth } from '../runBoth.js';

test.each([
  ['a sum that stays a vector', 1],
  ['a sum that is a number', 0],
])('what is computed of constants alone is computed beforehand: %s', async (_, keepdims) => {
  const onnx = network([1, 3], [1, 3], (graph) => {
    const vector = graph.constant('vector', [3], Float32Array.of(1, -2, 3));
    const shares = graph.node('Div', [vector, graph.node('ReduceSum', [graph.node('Relu', [vector])], { keepdims })]);
    return graph.node('Mul', ['x', shares]);
  });
  const { operators, check } = await runBoth(onnx, 1e-6);
  expect(operators).toEqual(['Mul']);
  expect(check).toMatchObject({ match: true });
});

test('what the model hands out stays in the graph', async () => {
  const onnx = network([3], [3], (graph) => graph.node('Relu', [graph.constant('vector', [3], Float32Array.of(1, -2, 3))]));
  const { operators, check } = await runBoth(onnx, 0);
  expect(operators).toEqual(['Relu']);
  expect(check).toMatchObject({ match: true });
});
