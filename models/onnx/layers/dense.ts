import type { OnnxGraph, Value } from '../graph.js';

/**
 * A fully connected layer with bias over the last dimension of a value of any rank: MatMul and Add, as exporters write it, with the
 * weights `<name>.weight` as [inFeatures, outFeatures], PyTorch's transposed.
 */
export function dense(graph: OnnxGraph, input: Value, name: string, inFeatures: number, outFeatures: number): Value {
  const weight = graph.weight(`${name}.weight`, [inFeatures, outFeatures], inFeatures);
  const bias = graph.parameter(`${name}.bias`, [outFeatures], new Float32Array(outFeatures));
  return graph.node('Add', [graph.node('MatMul', [input, weight]), bias]);
}
