import { elementCount } from '../../../src/bundle/tensor.js';
import type { Operator } from '../translation.js';

/** Reshape to a constant shape, in which one -1 is what is left. */
export const reshape: Operator = (translation, node) => {
  const input = translation.tensor(node.inputs[0]!);
  const wanted = translation.numbers(node.inputs[1]!);
  if (!wanted) throw new Error('Reshape to a computed shape has no translation to LiteRT.');
  const rest = elementCount(input.shape) / elementCount(wanted.filter((size) => size !== -1));
  const shape = wanted.map((size) => (size === -1 ? rest : size));
  translation.add('RESHAPE', [input, translation.ints(`shape/${shape.join('x')}`, shape)], { name: node.name, shape }, { shape });
};
