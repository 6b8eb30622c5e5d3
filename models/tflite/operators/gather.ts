import type { LiteTensor } from '../graph.js';
import type { Operator } from '../translation.js';

/** GatherV2; its last input is the axis. */
export const gather: Operator = (translation, node) => {
  const [input, indices] = node.inputs.map((name) => translation.tensor(name)) as [LiteTensor, LiteTensor];
  const axis = translation.numbers(node.inputs[2]!)?.[0];
  if (axis === undefined) throw new Error('GatherV2 along a computed axis has no translation to LiteRT.');
  const shape = [...input.shape.slice(0, axis), ...indices.shape, ...input.shape.slice(axis + 1)];
  translation.add('GATHER', [input, indices], { name: node.name, shape }, { axis });
};
