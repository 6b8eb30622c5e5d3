import type { OnnxGraph, Value } from '../graph.js';

/**
 * A detector's head, [1, anchors · numbers, height, width], as a table with a row per anchor: [1, height · width · anchors, numbers], pixel
 * by pixel.
 */
export function perAnchor(graph: OnnxGraph, head: Value, numbers: number): Value {
  const shape = graph.constant(`perAnchor.${numbers}`, [3], BigInt64Array.of(1n, -1n, BigInt(numbers)));
  return graph.node('Reshape', [graph.node('Transpose', [head], { perm: [0, 2, 3, 1] }), shape]);
}
