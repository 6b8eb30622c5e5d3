import { permuted } from '../../../src/bundle/tensor.js';
import type { LiteTensor } from '../graph.js';
import type { Operator } from '../translation.js';

export const transpose: Operator = (translation, node) => {
  const [input, order] = node.inputs.map((name) => translation.tensor(name)) as [LiteTensor, LiteTensor];
  const axes = translation.numbers(node.inputs[1]!);
  if (!axes) throw new Error('Transpose to a computed order has no translation to LiteRT.');
  translation.add('TRANSPOSE', [input, order], { name: node.name, shape: permuted(input.shape, axes) });
};
