import { expect, test } from 'vitest';
import { efficientdetD0 } from '../../../../models/onnx/networks/efficientdetD0.js';
import { runBoth } from '../../tfjs/runBoth.js';
import { operatorCounts } from '../operatorCounts.js';
import { parameterShapes } from '../parameterShapes.js';

test('it is EfficientDet-D0: 49104 anchors on 512 pixels, and the published count of its parameters', () => {
  const graph = efficientdetD0(512);
  expect(graph.parameters).toBe(3_880_067);
  expect(graph.outputs.map(({ name, shape }) => [name, shape])).toEqual([
    ['boxes', [1, 49104, 4]],
    ['scores', [1, 49104, 90]],
  ]);
  expect(operatorCounts(graph)).toMatchObject({ GlobalAveragePool: 16, Resize: 12, MaxPool: 14, Concat: 2 });
  expect(parameterShapes(graph)).toMatchObject({
    'backbone_net.model._conv_stem.weight': [32, 3, 3, 3],
    'backbone_net.model._blocks.15._se_reduce.weight': [48, 1152, 1, 1],
    'bifpn.0.p5_down_channel_2.0.conv.weight': [64, 320, 1, 1],
    'bifpn.2.p4_w2': [3],
    'bifpn.2.conv7_down.pointwise_conv.conv.bias': [64],
    'regressor.header.pointwise_conv.conv.weight': [36, 64, 1, 1],
    'classifier.header.pointwise_conv.conv.weight': [810, 64, 1, 1],
    'classifier.bn_list.4.2.bias': [64],
  });
});

test('both formats compute the same, on a smaller image, and weights of the pyramid cost TF.js nothing', async () => {
  const { check, operators } = await runBoth(efficientdetD0(128), 1e-5);
  expect(check).toMatchObject({ match: true, outputs: [{ name: 'boxes' }, { name: 'scores', shape: [1, 3069, 90] }] });
  for (const operator of ['Transpose', 'Sum', 'RealDiv', 'Slice', 'Relu', 'PadV2', 'FusedBatchNormV3']) {
    expect(operators).not.toContain(operator);
  }
});
