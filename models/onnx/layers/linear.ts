import type { OnnxGraph, Value } from '../graph.js';

/** A fully connected layer with bias over a matrix [batch, inFeatures]; weights `<name>.weight` in PyTorch's layout. */
export function linear(graph: OnnxGraph, input: Value, name: string, inFeatures: number, outFeatures: number): Value {
  const weight = graph.weight(`${name}.weight`, [outFeatures, inFeatures], inFeatures);
  const bias = graph.parameter(`${name}.bias`, [outFeatures], new Float32Array(outFeatures));
  return graph.node('Gemm', [input, weight, bias], { transB: 1 });
}
