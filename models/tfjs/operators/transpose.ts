import { permuted, TO_CHANNELS_FIRST } from '../../../src/bundle/tensor.js';
import { intsOf, type Operator } from '../translation.js';

/**
 * Transpose, from whatever layout the input has: an image that a model itself puts into NHWC is there already, and costs no node.
 * https://onnx.ai/onnx/operators/onnx__Transpose.html
 */
export const transpose: Operator = (translation, node) => {
  const input = translation.value(node.inputs[0]!);
  const order = intsOf(node, 'perm', Array.from(input.shape.keys()).reverse());
  const shape = permuted(input.shape, order);
  const fromNode = input.channelsLast ? order.map((axis) => TO_CHANNELS_LAST_AXIS[axis]!) : order;
  if (isUnchanged(fromNode)) return { node: input.node, shape, channelsLast: false };
  const name = node.outputs[0]!;
  const axes = translation.ints(`order/${fromNode.join('-')}`, fromNode);
  translation.graph.node(name, 'Transpose', [input.node, axes], { Tperm: { type: 'DT_INT32' } });
  return { node: name, shape, channelsLast: false };
};

/** Where a node in NHWC has each axis of NCHW. */
const TO_CHANNELS_LAST_AXIS = TO_CHANNELS_FIRST;

const isUnchanged = (order: readonly number[]): boolean => order.every((axis, i) => axis === i);
