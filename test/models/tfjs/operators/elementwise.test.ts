import { expect, test } from 'vitest';
import { network } from '../network.js';
import { runBoth } from '../runBoth.js';

const IMAGE = [1, 4, 3, 5];

test('an image is scaled channel by channel where it is, as squeeze-and-excitation does', async () => {
  const onnx = network(IMAGE, IMAGE, (graph) => graph.node('Mul', ['x', graph.node('GlobalAveragePool', ['x'])]));
  const { operators, check } = await runBoth(onnx, 1e-6);
  expect(operators).toEqual(['Mean', 'Mul']);
  expect(check).toMatchObject({ match: true });
});

test('one number meets an image where it is', async () => {
  const onnx = network(IMAGE, IMAGE, (graph) => graph.node('Mul', [graph.constant('half', [1], Float32Array.of(0.5)), 'x']));
  const { operators, check } = await runBoth(onnx, 0);
  expect(operators).toEqual(['Mul']);
  expect(check).toMatchObject({ match: true });
});

test.each([
  ['Add', 'AddV2'],
  ['Sub', 'Sub'],
  ['Mul', 'Mul'],
  ['Div', 'RealDiv'],
])('%s of a row and of a single number, in either order', async (operator, translated) => {
  const onnx = network([3, 5], [3, 5], (graph) => {
    const row = graph.constant('row', [5], Float32Array.of(1, -2, 3, -4, 5));
    const four = graph.constant('four', [], Float32Array.of(4));
    return graph.node(operator, [four, graph.node(operator, [graph.node(operator, ['x', row]), four])]);
  });
  const { operators, check } = await runBoth(onnx, 1e-5);
  expect(operators).toEqual([translated, translated, translated]);
  expect(check).toMatchObject({ match: true });
});
