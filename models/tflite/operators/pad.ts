import type { LiteTensor } from '../graph.js';
import type { Operator } from '../translation.js';

/** PadV2: PAD with zeros, PADV2 with other numbers. */
export const pad: Operator = (translation, node) => {
  const [input, paddings, filling] = node.inputs.map((name) => translation.tensor(name)) as [LiteTensor, LiteTensor, LiteTensor];
  const pairs = translation.numbers(node.inputs[1]!);
  if (!pairs) throw new Error('PadV2 by computed sizes has no translation to LiteRT.');
  const shape = input.shape.map((size, axis) => size + pairs[2 * axis]! + pairs[2 * axis + 1]!);
  const zero = translation.numbers(node.inputs[2]!)?.[0] === 0;
  translation.add(zero ? 'PAD' : 'PADV2', zero ? [input, paddings] : [input, paddings, filling], { name: node.name, shape });
};
