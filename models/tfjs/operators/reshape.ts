import { reshapedTo } from '../reshapedTo.js';
import { numberOf, numbersOf, type Operator } from '../translation.js';

/**
 * Reshape to a constant shape, in ONNX's order of the elements: 0 keeps a dimension, -1 is what is left.
 * https://onnx.ai/onnx/operators/onnx__Reshape.html
 */
export const reshape: Operator = (translation, node) => {
  if (numberOf(node, 'allowzero', 0) !== 0) throw new Error("Reshape's allowzero has no translation to TF.js.");
  const input = translation.value(node.inputs[0]!);
  const wanted = [...numbersOf(translation.constant(node.inputs[1]))].map((size, i) => (size === 0 ? input.shape[i]! : size));
  return reshapedTo(translation, node.outputs[0]!, input, wanted);
};
