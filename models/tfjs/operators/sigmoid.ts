import type { Operator } from '../translation.js';

/** Sigmoid, in whatever layout its input has. */
export const sigmoid: Operator = (translation, node) => {
  const input = translation.value(node.inputs[0]!);
  return { ...input, node: translation.graph.node(node.outputs[0]!, 'Sigmoid', [input.node]) };
};
