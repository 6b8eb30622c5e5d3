import { NHWC, numberOf, type Operator } from '../translation.js';

/** BatchNormalization of images with stored statistics: FusedBatchNormV3. https://onnx.ai/onnx/operators/onnx__BatchNormalization.html */
export const batchNormalization: Operator = (translation, node) => {
  const [input, ...statistics] = node.inputs.map((name) => translation.value(name));
  if (input!.shape.length !== 4) throw new Error('Only batch normalization of images has a translation to TF.js.');
  translation.graph.node(
    node.outputs[0]!,
    'FusedBatchNormV3',
    [translation.channelsLast(input!), ...statistics.map((value) => value.node)],
    {
      epsilon: { f: numberOf(node, 'epsilon', 1e-5) },
      is_training: { b: false },
      data_format: NHWC,
      U: { type: 'DT_FLOAT' },
    },
  );
  return { node: node.outputs[0]!, shape: input!.shape, channelsLast: true };
};
