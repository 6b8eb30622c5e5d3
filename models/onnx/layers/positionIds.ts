import type { OnnxGraph, Value } from '../graph.js';

/** 0, 1, 2 … for each token of a sequence of that length, [1, tokens]. */
export function positionIds(graph: OnnxGraph, tokens: number): Value {
  return graph.constant(
    'position_ids',
    [1, tokens],
    BigInt64Array.from({ length: tokens }, (_, i) => BigInt(i)),
  );
}
