import type { OnnxGraph, Value } from '../graph.js';

/** x · sigmoid(x), also called swish. ONNX has no operator for it, and exporters write these two. */
export function silu(graph: OnnxGraph, input: Value): Value {
  return graph.node('Mul', [input, graph.node('Sigmoid', [input])]);
}
