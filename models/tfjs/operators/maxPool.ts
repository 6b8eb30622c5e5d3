import { attribute } from '../graph.js';
import { intsOf, NHWC, numberOf, type Operator } from '../translation.js';

/** Less than every number, and finite: the padding of ONNX's MaxPool never wins. */
const LOWEST = -3.4028234663852886e38;

/**
 * MaxPool over images: MaxPool without padding, or with TensorFlow's SAME where ONNX pads just as that does. What is padded otherwise, a
 * PadV2 before it does: TF.js has no explicit padding for pools. https://onnx.ai/onnx/operators/onnx__MaxPool.html
 */
export const maxPool: Operator = (translation, node) => {
  const input = translation.value(node.inputs[0]!);
  const window = intsOf(node, 'kernel_shape', []);
  const strides = intsOf(node, 'strides', [1, 1]);
  const [top, left, bottom, right] = intsOf(node, 'pads', [0, 0, 0, 0]) as [number, number, number, number];
  if (window.length !== 2) throw new Error('Only MaxPool over images has a translation to TF.js.');
  if ((node.attributes.auto_pad ?? 'NOTSET') !== 'NOTSET') throw new Error("MaxPool's auto_pad has no translation to TF.js.");
  if (numberOf(node, 'ceil_mode', 0) !== 0) throw new Error("MaxPool's ceil_mode has no translation to TF.js.");
  if (Math.max(...intsOf(node, 'dilations', [1, 1])) > 1) throw new Error("MaxPool's dilations have no translation to TF.js.");

  const name = node.outputs[0]!;
  const { graph } = translation;
  let padded = translation.channelsLast(input);
  const same =
    isSame(input.shape[2]!, window[0]!, strides[0]!, top, bottom) &&
    isSame(input.shape[3]!, window[1]!, strides[1]!, left, right);
  if (!same && (top || left || bottom || right)) {
    const paddings = graph.constant(`${name}/paddings`, [4, 2], Int32Array.of(0, 0, top, bottom, left, right, 0, 0));
    const lowest = graph.constant('lowest', [], Float32Array.of(LOWEST));
    padded = graph.node(`${name}/padded`, 'PadV2', [padded, paddings, lowest], { Tpaddings: { type: 'DT_INT32' } });
  }
  const onImages = ([vertical, horizontal]: readonly number[]) => attribute.ints([1, vertical!, horizontal!, 1]);
  graph.node(name, 'MaxPool', [padded], {
    ksize: onImages(window),
    strides: onImages(strides),
    padding: attribute.text(same ? 'SAME' : 'VALID'),
    data_format: NHWC,
  });
  const pads = [top + bottom, left + right];
  const size = (axis: number): number | string => {
    const from = input.shape[axis + 2]!;
    return typeof from === 'string' ? `${from}'` : Math.floor((from + pads[axis]! - window[axis]!) / strides[axis]!) + 1;
  };
  return { node: name, shape: [input.shape[0]!, input.shape[1]!, size(0), size(1)], channelsLast: true };
};

/** Whether SAME pads a dimension like this. https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/framework/kernel_shape_util.cc */
function isSame(size: number | string, window: number, stride: number, before: number, after: number): boolean {
  if (typeof size === 'string' || before + after === 0) return false;
  const total = Math.max((Math.ceil(size / stride) - 1) * stride + window - size, 0);
  return before === Math.floor(total / 2) && after === total - before;
}
