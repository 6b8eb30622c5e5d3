import { numberOf, type Operator } from '../translation.js';

/**
 * LayerNormalization over the last dimension, in the operators that TensorFlow's own layer consists of (tf.nn.moments and
 * tf.nn.batch_normalization): TF.js has no single one.
 * https://onnx.ai/onnx/operators/onnx__LayerNormalization.html
 */
export const layerNormalization: Operator = (translation, node) => {
  const { graph } = translation;
  const input = translation.value(node.inputs[0]!);
  const axis = numberOf(node, 'axis', -1);
  if (axis !== -1 && axis !== input.shape.length - 1) {
    throw new Error('LayerNormalization over more than the last dimension has no translation to TF.js.');
  }
  const name = node.outputs[0]!;
  const x = translation.channelsFirst(input);
  const scale = translation.value(node.inputs[1]!).node;
  const mean = (part: string, value: string) =>
    graph.node(`${name}/${part}`, 'Mean', [value, translation.ints('axes/last', [-1])], {
      keep_dims: { b: true },
      Tidx: { type: 'DT_INT32' },
    });
  const step = (part: string, op: string, ...inputs: string[]) => graph.node(`${name}/${part}`, op, inputs);
  const average = mean('mean', x);
  const variance = mean('variance', step('squares', 'SquaredDifference', x, average));
  const epsilon = graph.constant(`${name}/epsilon`, [], Float32Array.of(numberOf(node, 'epsilon', 1e-5)));
  const factor = step('factor', 'Mul', step('rsqrt', 'Rsqrt', step('sum', 'AddV2', variance, epsilon)), scale);
  const scaled = step('scaled', 'Mul', x, factor);
  const moved = step('moved', 'Mul', average, factor);
  const shift = node.inputs[2]
    ? step('shift', 'Sub', translation.value(node.inputs[2]).node, moved)
    : step('shift', 'Neg', moved);
  graph.node(name, 'AddV2', [scaled, shift]);
  return { node: name, shape: input.shape, channelsLast: false };
};
