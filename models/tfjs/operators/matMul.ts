import { broadcast } from '../broadcast.js';
import type { Operator, Translated } from '../translation.js';

/** MatMul of matrices, or of stacks of them: BatchMatMulV2. https://onnx.ai/onnx/operators/onnx__MatMul.html */
export const matMul: Operator = (translation, node) => {
  const [a, b] = node.inputs.map((name) => translation.value(name)) as [Translated, Translated];
  if (a.shape.length < 2 || b.shape.length < 2) throw new Error('MatMul of a vector has no translation to TF.js.');
  const name = node.outputs[0]!;
  const sources = [translation.channelsFirst(a), translation.channelsFirst(b)];
  translation.graph.node(name, 'BatchMatMulV2', sources, { adj_x: { b: false }, adj_y: { b: false } });
  const stacks = broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2));
  return { node: name, shape: [...stacks, a.shape.at(-2)!, b.shape.at(-1)!], channelsLast: false };
};
