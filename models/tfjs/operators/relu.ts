import type { Operator } from '../translation.js';

/** Relu, in whatever layout its input has. */
export const relu: Operator = (translation, node) => {
  const input = translation.value(node.inputs[0]!);
  return { ...input, node: translation.graph.node(node.outputs[0]!, 'Relu', [input.node]) };
};
