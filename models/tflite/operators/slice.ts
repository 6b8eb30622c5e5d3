import type { LiteTensor } from '../graph.js';
import type { Operator } from '../translation.js';

/** Slice between constant bounds; a size of -1 is all that is left. */
export const slice: Operator = (translation, node) => {
  const input = translation.tensor(node.inputs[0]!);
  const [begin, size] = node.inputs.slice(1).map((name) => translation.numbers(name));
  if (!begin || !size) throw new Error('Slice between computed bounds has no translation to LiteRT.');
  const shape = input.shape.map((whole, axis) => (size[axis] === -1 ? whole - begin[axis]! : size[axis]!));
  const bounds: LiteTensor[] = [translation.tensor(node.inputs[1]!), translation.ints(`${node.name}/sizes`, shape)];
  translation.add('SLICE', [input, ...bounds], { name: node.name, shape });
};
