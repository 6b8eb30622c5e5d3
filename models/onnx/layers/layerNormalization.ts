import type { OnnxGraph, Value } from '../graph.js';

/** Layer normalization over the last dimension as of an untrained layer, scale 1 and shift 0; epsilon as in BERT. */
export function layerNormalization(graph: OnnxGraph, input: Value, name: string, width: number): Value {
  const scale = graph.parameter(`${name}.weight`, [width], new Float32Array(width).fill(1));
  const shift = graph.parameter(`${name}.bias`, [width], new Float32Array(width));
  return graph.node('LayerNormalization', [input, scale, shift], { axis: -1, epsilon: { float: 1e-12 } });
}
