import { reshapedTo } from '../reshapedTo.js';
import { numbersOf, type Operator } from '../translation.js';

/** Unsqueeze: Reshape, with a 1 at each of the axes of the result. https://onnx.ai/onnx/operators/onnx__Unsqueeze.html */
export const unsqueeze: Operator = (translation, node) => {
  const input = translation.value(node.inputs[0]!);
  const axes = numbersOf(translation.constant(node.inputs[1]));
  const rank = input.shape.length + axes.length;
  const ones = new Set([...axes].map((axis) => (axis < 0 ? axis + rank : axis)));
  const sizes = [...input.shape];
  const shape = Array.from({ length: rank }, (_, axis) => (ones.has(axis) ? 1 : sizes.shift()!));
  return reshapedTo(translation, node.outputs[0]!, input, shape);
};
