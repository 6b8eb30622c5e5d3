import type { OnnxGraph, Value } from '../graph.js';

/** Keeps the sum of the weights from being zero. */
const EPSILON = 1e-4;

/**
 * EfficientDet's fast normalized fusion of maps of the same shape: each times its trained weight, of which only the part above zero counts,
 * over the sum of them all. Source: Tan et al. 2020, https://arxiv.org/abs/1911.09070, section 3.3.
 */
export function weightedFusion(graph: OnnxGraph, inputs: readonly Value[], name: string): Value {
  const trained = graph.parameter(name, [inputs.length], new Float32Array(inputs.length).fill(1));
  const positive = graph.node('Relu', [trained]);
  const epsilon = graph.constant('weightedFusion.epsilon', [], Float32Array.of(EPSILON));
  const sum = graph.node('Add', [graph.node('ReduceSum', [positive]), epsilon]);
  const weights = graph.node('Div', [positive, sum]);
  const index = (i: number): Value => graph.constant(`weightedFusion.${i}`, [1], BigInt64Array.of(BigInt(i)));
  const weighted = inputs.map((input, i) => graph.node('Mul', [input, graph.node('Slice', [weights, index(i), index(i + 1)])]));
  return weighted.reduce((total, next) => graph.node('Add', [total, next]));
}
