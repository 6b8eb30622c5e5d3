import { TO_CHANNELS_LAST } from '../../../src/bundle/tensor.js';
import { numberOf, type Operator } from '../translation.js';

/**
 * Concat: ConcatV2; in NHWC where any of its inputs is an image in NHWC, so that the layers of a network stay there.
 * https://onnx.ai/onnx/operators/onnx__Concat.html
 */
export const concat: Operator = (translation, node) => {
  const inputs = node.inputs.map((name) => translation.value(name));
  const channelsLast = inputs.some((input) => input.channelsLast);
  const rank = inputs[0]!.shape.length;
  const given = numberOf(node, 'axis', 0);
  const axis = given < 0 ? given + rank : given;
  const inNode = channelsLast ? TO_CHANNELS_LAST.indexOf(axis) : axis;
  const name = node.outputs[0]!;
  const nodes = inputs.map((input) => (channelsLast ? translation.channelsLast(input) : input.node));
  const axisNode = translation.graph.constant(`axis/${inNode}`, [], Int32Array.of(inNode));
  translation.graph.node(name, 'ConcatV2', [...nodes, axisNode], {
    N: { i: String(inputs.length) },
    Tidx: { type: 'DT_INT32' },
  });
  const sizes = inputs.map(({ shape }) => shape[axis]!);
  const total = sizes.reduce<number | string>(
    (sum, size) => (typeof sum === 'string' || typeof size === 'string' ? '?' : sum + size),
    0,
  );
  return { node: name, shape: inputs[0]!.shape.map((size, i) => (i === axis ? total : size)), channelsLast };
};
