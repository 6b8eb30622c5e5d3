import { expect, test } from 'vitest';
import { weightedFusion } from '../../../../models/onnx/layers/weightedFusion.js';
import { tensorView } from '../../../../src/bundle/tensor.js';
import { network } from '../../tfjs/network.js';
import { runBoth } from '../../tfjs/runBoth.js';

test('equal weights give the mean, but for what keeps them from being divided by zero; for TF.js they are computed beforehand', async () => {
  const onnx = network([1, 2, 3, 5], [1, 2, 3, 5], (graph) => {
    const ones = graph.node('Add', [graph.node('Mul', ['x', number(0)]), number(1)]);
    function number(value: number): string {
      return graph.constant(`number.${value}`, [], Float32Array.of(value));
    }
    return weightedFusion(graph, [ones, graph.node('Mul', [ones, number(4)])], 'weights');
  });
  const { operators, check, outputs } = await runBoth(onnx, 1e-6);
  expect(operators).toEqual(['Mul', 'AddV2', 'Mul', 'Mul', 'Mul', 'AddV2']);
  expect(check).toMatchObject({ match: true });
  for (const value of tensorView('float32', outputs[0]!.data) as Float32Array) expect(value).toBeCloseTo(5 / 2.0001, 5);
});
