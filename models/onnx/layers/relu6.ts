import type { OnnxGraph, Value } from '../graph.js';

/** min(max(x, 0), 6). */
export function relu6(graph: OnnxGraph, input: Value): Value {
  const low = graph.constant('relu6.low', [], Float32Array.of(0));
  const high = graph.constant('relu6.high', [], Float32Array.of(6));
  return graph.node('Clip', [input, low, high]);
}
