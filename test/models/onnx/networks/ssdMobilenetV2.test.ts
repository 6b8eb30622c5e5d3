import { expect, test } from 'vitest';
import { ssdMobilenetV2 } from '../../../../models/onnx/networks/ssdMobilenetV2.js';
import { runBoth } from '../../tfjs/runBoth.js';
import { operatorCounts } from '../operatorCounts.js';
import { parameterShapes } from '../parameterShapes.js';

test("it is the network of TensorFlow's object detection API: 1917 anchors, and the count of its parameters", () => {
  const graph = ssdMobilenetV2(300);
  expect(graph.parameters).toBe(6_066_431);
  expect(graph.outputs.map(({ name, shape }) => [name, shape])).toEqual([
    ['boxes', [1, 1917, 4]],
    ['scores', [1, 1917, 91]],
  ]);
  expect(operatorCounts(graph)).toMatchObject({ Conv: 72, BatchNormalization: 60, Add: 10, Concat: 2, Sigmoid: 1 });
  expect(parameterShapes(graph)).toMatchObject({
    'features.17.conv.2.weight': [320, 960, 1, 1],
    'extra.0.0.conv.weight': [256, 1280, 1, 1],
    'extra.3.1.conv.weight': [128, 64, 3, 3],
    'box_predictor.0.weight': [12, 576, 1, 1],
    'class_predictor.1.weight': [546, 1280, 1, 1],
    'class_predictor.5.bias': [546],
  });
});

test('both formats compute the same, on a smaller image', async () => {
  const { check, operators } = await runBoth(ssdMobilenetV2(96), 1e-4);
  expect(check).toMatchObject({ match: true, outputs: [{ name: 'boxes' }, { name: 'scores', shape: [1, 204, 91] }] });
  expect(operators).not.toContain('Transpose');
});
