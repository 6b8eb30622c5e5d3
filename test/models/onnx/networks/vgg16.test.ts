import { expect, test } from 'vitest';
import { vgg16 } from '../../../../models/onnx/networks/vgg16.js';
import { runBoth } from '../../tfjs/runBoth.js';
import { operatorCounts } from '../operatorCounts.js';
import { parameterShapes } from '../parameterShapes.js';

test("it is torchvision's network: its parameters, their names and shapes, and the published count of them", () => {
  const graph = vgg16(224);
  expect(graph.parameters).toBe(138_357_544);
  expect(operatorCounts(graph)).toMatchObject({ Conv: 13, MaxPool: 5, Gemm: 3, Relu: 15 });
  const shapes = parameterShapes(graph);
  expect(Object.keys(shapes)).toHaveLength(32);
  expect(shapes).toMatchObject({
    'features.0.weight': [64, 3, 3, 3],
    'features.0.bias': [64],
    'features.5.weight': [128, 64, 3, 3],
    'features.28.weight': [512, 512, 3, 3],
    'classifier.0.weight': [4096, 25088],
    'classifier.3.weight': [4096, 4096],
    'classifier.6.bias': [1000],
  });
});

test('both formats compute the same, on a smaller image', { tags: ['slow'] }, async () => {
  const { check, operators } = await runBoth(vgg16(32), 1e-4);
  expect(check).toMatchObject({ match: true, outputs: [{ name: 'logits', shape: [1, 1000] }] });
  expect(new Set(operators)).toEqual(new Set(['_FusedConv2D', 'MaxPool', 'Reshape', '_FusedMatMul']));
});
