import type { Operator } from '../translation.js';

/** An operator on one tensor, number by number, in whatever layout it has; TensorFlow calls it as ONNX does. */
export const unary =
  (operator: 'Erf' | 'Relu' | 'Sigmoid' | 'Tanh'): Operator =>
  (translation, node) => {
    const input = translation.value(node.inputs[0]!);
    return { ...input, node: translation.graph.node(node.outputs[0]!, operator, [input.node]) };
  };
