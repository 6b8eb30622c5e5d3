import { numberOf, type Operator } from '../translation.js';

/** ReduceSum of all there is: Sum. https://onnx.ai/onnx/operators/onnx__ReduceSum.html */
export const reduceSum: Operator = (translation, node) => {
  const input = translation.value(node.inputs[0]!);
  if (node.inputs[1]) throw new Error('Only ReduceSum over all axes has a translation to TF.js.');
  const keep = numberOf(node, 'keepdims', 1) !== 0;
  const name = node.outputs[0]!;
  const axes = translation.ints(`axes/all-of-${input.shape.length}`, [...input.shape.keys()]);
  translation.graph.node(name, 'Sum', [input.node, axes], { keep_dims: { b: keep }, Tidx: { type: 'DT_INT32' } });
  return { node: name, shape: keep ? input.shape.map(() => 1) : [], channelsLast: keep && input.channelsLast };
};
