import { numberOf, type Operator, type Translated } from '../translation.js';

/** Gather: GatherV2, whose indices may not count from the end. https://onnx.ai/onnx/operators/onnx__Gather.html */
export const gather: Operator = (translation, node) => {
  const [input, indices] = node.inputs.map((name) => translation.value(name)) as [Translated, Translated];
  const declared = numberOf(node, 'axis', 0);
  const axis = declared < 0 ? declared + input.shape.length : declared;
  const name = node.outputs[0]!;
  const axisNode = translation.graph.constant(`gather/axis-${axis}`, [], Int32Array.of(axis));
  const sources = [translation.channelsFirst(input), translation.channelsFirst(indices), axisNode];
  translation.graph.node(name, 'GatherV2', sources, {
    Tparams: { type: 'DT_FLOAT' },
    Tindices: { type: 'DT_INT32' },
    Taxis: { type: 'DT_INT32' },
    batch_dims: { i: '0' },
  });
  const shape = [...input.shape.slice(0, axis), ...indices.shape, ...input.shape.slice(axis + 1)];
  return { node: name, shape, channelsLast: false };
};
