import type { LiteTensor } from '../graph.js';
import type { Operator } from '../translation.js';
import { broadcast } from './broadcast.js';

/** An operator on two tensors, number by number. BiasAdd is one too: the channels come last. */
export const elementwise =
  (code: 'ADD' | 'SUB' | 'MUL' | 'DIV' | 'SQUARED_DIFFERENCE'): Operator =>
  (translation, node) => {
    const [a, b] = node.inputs.map((name) => translation.tensor(name)) as [LiteTensor, LiteTensor];
    translation.add(code, [a, b], { name: node.name, shape: broadcast(a.shape, b.shape) });
  };
