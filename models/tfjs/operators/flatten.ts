import type { Operator } from '../translation.js';

/** Flatten: Reshape to a matrix, in ONNX's order of the elements. https://onnx.ai/onnx/operators/onnx__Flatten.html */
export const flatten: Operator = (translation, node) => {
  const input = translation.value(node.inputs[0]!);
  const axis = Number(node.attributes.axis ?? 1);
  const rows = product(input.shape.slice(0, axis));
  const columns = product(input.shape.slice(axis));
  if (columns === null) throw new Error('Flatten needs known sizes behind its axis to be translated to TF.js.');
  const name = node.outputs[0]!;
  const source = translation.inOnnxOrder(input);
  const shape = translation.ints(`${name}/shape`, [-1, columns]);
  translation.graph.node(name, 'Reshape', [source, shape], { Tshape: { type: 'DT_INT32' } });
  return { node: name, shape: [rows ?? 'rows', columns], channelsLast: false };
};

function product(sizes: readonly (number | string)[]): number | null {
  return sizes.reduce<number | null>((so, size) => (so === null || typeof size === 'string' ? null : so * size), 1);
}
