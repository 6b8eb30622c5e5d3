import { numbersOf, type Operator } from '../translation.js';

/**
 * Slice between constant bounds, one step at a time, of dimensions whose size is known; in ONNX's order of the elements.
 * https://onnx.ai/onnx/operators/onnx__Slice.html
 */
export const slice: Operator = (translation, node) => {
  const input = translation.value(node.inputs[0]!);
  const [starts, ends, axes, steps] = node.inputs.slice(1).map((name) => [...numbersOf(translation.constant(name))]);
  if (steps?.some((step) => step !== 1)) throw new Error("Slice's steps have no translation to TF.js.");
  const begin = input.shape.map(() => 0);
  // TensorFlow's -1 is all that is left.
  const size = input.shape.map(() => -1);
  const shape = [...input.shape];
  starts!.forEach((start, i) => {
    const axis = axes?.[i] ?? i;
    const at = axis < 0 ? axis + shape.length : axis;
    const whole = input.shape[at];
    if (typeof whole !== 'number') throw new Error('Slice of a dimension of unknown size has no translation to TF.js.');
    const clamped = (bound: number): number => Math.max(0, Math.min(whole, bound < 0 ? bound + whole : bound));
    begin[at] = clamped(start);
    size[at] = Math.max(0, clamped(ends![i]!) - begin[at]!);
    shape[at] = size[at]!;
  });
  const name = node.outputs[0]!;
  const bounds = [translation.ints(`${name}/begin`, begin), translation.ints(`${name}/size`, size)];
  translation.graph.node(name, 'Slice', [translation.channelsFirst(input), ...bounds], { Index: { type: 'DT_INT32' } });
  return { node: name, shape, channelsLast: false };
};
