import { expect, test } from 'vitest';
import { gelu } from '../../../../models/onnx/layers/gelu.js';
import { network } from '../../tfjs/network.js';
import { runBoth } from '../../tfjs/runBoth.js';

test('Gelu weighs a number by the share of a normal distribution that is below it', async () => {
  const onnx = network([1], [5], (graph) => {
    const values = graph.constant('values', [5], Float32Array.of(-2, -1, 0, 1, 2));
    return gelu(graph, graph.node('Add', [graph.node('Sub', ['x', 'x']), values]));
  });
  const { check, outputs } = await runBoth(onnx, 1e-5);
  expect(check).toMatchObject({ match: true });
  const { buffer, byteOffset } = outputs[0]!.data;
  const expected = [-0.0455, -0.15866, 0, 0.84134, 1.9545];
  [...new Float32Array(buffer, byteOffset, 5)].forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i]!, 4);
  });
});
