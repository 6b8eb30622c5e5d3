import type { OnnxGraph } from '../../../models/onnx/graph.js';

/** How many nodes a graph has of each operator. */
export function operatorCounts(graph: OnnxGraph): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { operator } of graph.nodes) counts[operator] = (counts[operator] ?? 0) + 1;
  return counts;
}
