import { numberOf, type Operator } from '../translation.js';

/** TF.js's types for ONNX's numbers of them: FLOAT, INT32, INT64. */
const TYPES: Readonly<Record<number, string>> = { 1: 'DT_FLOAT', 6: 'DT_INT32', 7: 'DT_INT32' };

/** Cast, in whatever layout its input has. https://onnx.ai/onnx/operators/onnx__Cast.html */
export const cast: Operator = (translation, node) => {
  const input = translation.value(node.inputs[0]!);
  const to = numberOf(node, 'to', 0);
  const type = TYPES[to];
  if (!type) throw new Error(`Cast to ONNX's element type ${to} has no translation to TF.js.`);
  return { ...input, node: translation.graph.node(node.outputs[0]!, 'Cast', [input.node], { DstT: { type } }) };
};
