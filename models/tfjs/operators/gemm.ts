import { transposed } from '../../../src/bundle/tensor.js';
import { NHWC, numberOf, numbersOf, type Operator } from '../translation.js';

/** Gemm with constant weights: MatMul and BiasAdd; stored so that nothing is transposed. https://onnx.ai/onnx/operators/onnx__Gemm.html */
export const gemm: Operator = (translation, node) => {
  if (numberOf(node, 'alpha', 1) !== 1 || numberOf(node, 'beta', 1) !== 1 || numberOf(node, 'transA', 0) !== 0) {
    throw new Error("Gemm's alpha, beta and transA have no translation to TF.js.");
  }
  const { graph } = translation;
  const input = translation.value(node.inputs[0]!);
  const stored = translation.constant(node.inputs[1]);
  const weights = numberOf(node, 'transB', 0) ? transposed(stored, [1, 0]) : stored;
  const name = node.outputs[0]!;
  const bias = node.inputs[2] === undefined ? null : translation.value(node.inputs[2]);
  const columns = weights.shape[1]!;
  if (bias && (bias.shape.length !== 1 || bias.shape[0] !== columns)) throw new Error("Gemm's C is not one number per column.");
  const matrix = graph.constant(`${stored.name}/matrix`, weights.shape, numbersOf(weights));
  const straight = { transpose_a: { b: false }, transpose_b: { b: false } };
  const multiplied = graph.node(bias ? `${name}/matmul` : name, 'MatMul', [input.node, matrix], straight);
  if (bias) graph.node(name, 'BiasAdd', [multiplied, bias.node], { data_format: NHWC });
  return { node: name, shape: [input.shape[0]!, columns], channelsLast: false };
};
