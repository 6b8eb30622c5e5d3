import { expect, test } from 'vitest';
import { yolov5 } from '../../../../models/onnx/networks/yolov5.js';
import { runBoth } from '../../tfjs/runBoth.js';
import { operatorCounts } from '../operatorCounts.js';
import { parameterShapes } from '../parameterShapes.js';

test.each([
  ['yolov5s', 0.33, 0.5, 7_235_389, 60, [32, 3, 6, 6], [255, 512, 1, 1]],
  ['yolov5m', 0.67, 0.75, 21_190_557, 82, [48, 3, 6, 6], [255, 768, 1, 1]],
] as const)(
  '%s has 25200 anchors on 640 pixels, and the published count of parameters',
  (...[name, depth, width, ...expected]) => {
    const graph = yolov5({ name, depth, width, size: 640 });
    const [parameters, convolutions, first, last] = expected;
    expect(graph.parameters).toBe(parameters);
    expect(graph.outputs).toMatchObject([{ name: 'predictions', shape: [1, 25200, 85] }]);
    expect(operatorCounts(graph)).toMatchObject({ Conv: convolutions, MaxPool: 3, Resize: 2 });
    expect(parameterShapes(graph)).toMatchObject({ 'model.0.conv.weight': first, 'model.24.m.2.weight': last });
  },
);

test('both formats compute the same, on a smaller image', async () => {
  const { check, operators } = await runBoth(yolov5({ name: 'yolov5s', depth: 0.33, width: 0.5, size: 64 }), 1e-5);
  expect(check).toMatchObject({ match: true, outputs: [{ name: 'predictions', shape: [1, 252, 85] }] });
  for (const operator of ['Transpose', 'PadV2', 'FusedBatchNormV3']) expect(operators).not.toContain(operator);
});
