import { permuted, transposed } from '../../../src/bundle/tensor.js';
import type { GraphConstant } from '../../onnx/graph.js';
import { attribute, type TfAttributes } from '../graph.js';
import { intsOf, NHWC, numberOf, numbersOf, type Operator, type Translated, type Translation } from '../translation.js';

/**
 * Conv over images: Conv2D, or DepthwiseConv2dNative where every channel has filters of its own, and BiasAdd.
 * ONNX's filters are [out, in / group, height, width]; TensorFlow's [height, width, in, out], depthwise [height, width, in, 1].
 * Padding is explicit: with a stride, TensorFlow's SAME puts another number of zeros in front than ONNX's symmetric pads.
 * https://onnx.ai/onnx/operators/onnx__Conv.html
 */
export const convolution: Operator = (translation, node) => {
  const input = translation.value(node.inputs[0]!);
  const filters = translation.constant(node.inputs[1]);
  const [outChannels, perGroup, height, width] = filters.shape as [number, number, number, number];
  const group = numberOf(node, 'group', 1);
  const depthwise = group > 1;
  if (filters.shape.length !== 4) throw new Error('Only convolutions over images have a translation to TF.js.');
  if (depthwise && (perGroup !== 1 || outChannels !== group)) throw new Error('TF.js has no convolutions in groups.');
  if ((node.attributes.auto_pad ?? 'NOTSET') !== 'NOTSET') throw new Error("Conv's auto_pad has no translation to TF.js.");
  const strides = intsOf(node, 'strides', [1, 1]);
  const dilations = intsOf(node, 'dilations', [1, 1]);
  const pads = intsOf(node, 'pads', [0, 0, 0, 0]);
  if (Math.max(...strides) > 1 && Math.max(...dilations) > 1)
    throw new Error('TF.js has no convolutions with stride and dilation.');

  const name = node.outputs[0]!;
  const biased = node.inputs[2] !== undefined;
  const convolved = translation.graph.node(
    biased ? `${name}/convolution` : name,
    depthwise ? 'DepthwiseConv2dNative' : 'Conv2D',
    [translation.channelsLast(input), filterConstant(translation, filters, depthwise ? [2, 3, 0, 1] : [2, 3, 1, 0])],
    { strides: onImages(strides), dilations: onImages(dilations), data_format: NHWC, ...padding(pads) },
  );
  if (biased) {
    translation.graph.node(name, 'BiasAdd', [convolved, translation.value(node.inputs[2]!).node], { data_format: NHWC });
  }
  const size = (axis: number, window: number): number | string => {
    const from = input.shape[axis + 2]!;
    if (typeof from === 'string') return `${from}'`;
    return Math.floor((from + pads[axis]! + pads[axis + 2]! - dilations[axis]! * (window - 1) - 1) / strides[axis]!) + 1;
  };
  const shape = [input.shape[0]!, outChannels, size(0, height), size(1, width)];
  return { node: name, shape, channelsLast: true } satisfies Translated;
};

function filterConstant({ graph }: Translation, filters: GraphConstant, order: readonly number[]): string {
  return graph.constant(`${filters.name}/hwio`, permuted(filters.shape, order), numbersOf(transposed(filters, order)));
}

const onImages = ([vertical, horizontal]: readonly number[]) => attribute.ints([1, vertical!, horizontal!, 1]);

function padding([top, left, bottom, right]: readonly number[]): TfAttributes {
  if (!top && !left && !bottom && !right) return { padding: attribute.text('VALID') };
  return {
    padding: attribute.text('EXPLICIT'),
    explicit_paddings: attribute.ints([0, 0, top!, bottom!, left!, right!, 0, 0]),
  };
}
