import type { OnnxGraph, Value } from '../graph.js';

/**
 * MobileBERT's replacement for layer normalization: a scale and a shift per feature, which normalize nothing.
 * Source: Sun et al. 2020, https://arxiv.org/abs/2004.02984, section 3.3.
 *
 * @param summands how many values of the same scale were added up before: the layer starts with the scale 1 / √summands, so that
 *   what goes through many of them neither grows nor fades
 */
export function noNorm(graph: OnnxGraph, input: Value, name: string, width: number, summands: number): Value {
  const scale = graph.parameter(`${name}.weight`, [width], new Float32Array(width).fill(1 / Math.sqrt(summands)));
  const shift = graph.parameter(`${name}.bias`, [width], new Float32Array(width));
  return graph.node('Add', [graph.node('Mul', [input, scale]), shift]);
}
