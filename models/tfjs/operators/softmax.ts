import { numberOf, type Operator } from '../translation.js';

/** Softmax over the last dimension, the only one that TF.js's kernels know. https://onnx.ai/onnx/operators/onnx__Softmax.html */
export const softmax: Operator = (translation, node) => {
  const input = translation.value(node.inputs[0]!);
  const axis = numberOf(node, 'axis', -1);
  if (axis !== -1 && axis !== input.shape.length - 1) {
    throw new Error('Softmax over another dimension than the last has no translation to TF.js.');
  }
  const name = node.outputs[0]!;
  translation.graph.node(name, 'Softmax', [translation.channelsFirst(input)]);
  return { node: name, shape: input.shape, channelsLast: false };
};
