import { fromStart, type Operator } from '../translation.js';

/** ConcatV2; its last input is the axis. */
export const concat: Operator = (translation, node) => {
  const inputs = node.inputs.slice(0, -1).map((name) => translation.tensor(name));
  const given = translation.numbers(node.inputs.at(-1)!);
  if (!given) throw new Error('ConcatV2 along a computed axis has no translation to LiteRT.');
  const first = inputs[0]!;
  const [axis] = fromStart(given, first.shape.length) as [number];
  const total = inputs.reduce((sum, { shape }) => sum + shape[axis]!, 0);
  const shape = first.shape.map((size, i) => (i === axis ? total : size));
  translation.add('CONCATENATION', inputs, { name: node.name, shape }, { axis });
};
