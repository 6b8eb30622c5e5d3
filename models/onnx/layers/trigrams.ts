import type { OnnxGraph, Value } from '../graph.js';

/**
 * Puts beside each token's features those of the token after it and of the one before it, zeros where there is none:
 * [1, tokens, features] becomes [1, tokens, 3 · features].
 * Source: Sun et al. 2020, https://arxiv.org/abs/2004.02984, section 4.1 (embedding of width 128, made 512 by trigrams).
 */
export function trigrams(graph: OnnxGraph, input: Value, tokens: number): Value {
  const ints = (name: string, values: readonly number[]) =>
    graph.constant(`trigrams.${name}`, [values.length], BigInt64Array.from(values, BigInt));
  const axis = ints('axis', [1]);
  const without = (end: string, from: number, to: number) =>
    graph.node('Slice', [input, ints(`${end}.start`, [from]), ints(`${end}.end`, [to]), axis]);
  const padded = (value: Value, end: string, before: number, after: number) =>
    graph.node('Pad', [value, ints(`${end}.pads`, [0, before, 0, 0, after, 0])], { mode: 'constant' });
  const next = padded(without('first', 1, tokens), 'first', 0, 1);
  const previous = padded(without('last', 0, tokens - 1), 'last', 1, 0);
  return graph.node('Concat', [next, input, previous], { axis: 2 });
}
