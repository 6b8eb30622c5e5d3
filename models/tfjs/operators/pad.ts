import { numbersOf, type Operator } from '../translation.js';

/** Pad with a constant, as many on each side as a constant says: PadV2. https://onnx.ai/onnx/operators/onnx__Pad.html */
export const pad: Operator = (translation, node) => {
  const input = translation.value(node.inputs[0]!);
  const mode = node.attributes.mode ?? 'constant';
  if (mode !== 'constant') throw new Error(`Pad's mode ${String(mode)} has no translation to TF.js.`);
  if (node.inputs[3]) throw new Error("Pad's axes have no translation to TF.js.");
  const { graph } = translation;
  const rank = input.shape.length;
  const pads = [...numbersOf(translation.constant(node.inputs[1]))];
  const value = node.inputs[2] ? numbersOf(translation.constant(node.inputs[2]))[0]! : 0;
  const name = node.outputs[0]!;
  // ONNX has all beginnings and then all ends; TensorFlow both of each dimension.
  const pairs = Int32Array.from({ length: 2 * rank }, (_, i) => pads[(i % 2) * rank + (i >> 1)]!);
  const paddings = graph.constant(`${name}/paddings`, [rank, 2], pairs);
  const filling = graph.constant(`${name}/value`, [], Float32Array.of(value));
  graph.node(name, 'PadV2', [translation.channelsFirst(input), paddings, filling], { Tpaddings: { type: 'DT_INT32' } });
  const shape = input.shape.map((size, i) => (typeof size === 'number' ? size + pads[i]! + pads[i + rank]! : `${size}'`));
  return { node: name, shape, channelsLast: false };
};
