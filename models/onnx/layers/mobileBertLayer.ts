import type { OnnxGraph, Value } from '../graph.js';
import { attention } from './attention.js';
import { dense } from './dense.js';
import { noNorm } from './noNorm.js';

export interface MobileBertLayerOptions {
  /** Features per token, in and out. */
  readonly width: number;
  /** Features per token inside. */
  readonly narrow: number;
  readonly heads: number;
  /** Features between the two layers of a feed-forward network. */
  readonly intermediate: number;
  readonly feedForwards: number;
}

/** A dense layer doubles the mean square of its input, and attention has two of them on the way of its values. */
const DENSE = 2;
const DENSE_AND_RESIDUAL = DENSE + 1;
const ATTENTION_AND_RESIDUAL = DENSE * DENSE + 1;

/**
 * One layer of MobileBERT: narrow, attend, several feed-forward networks, widen, and add the input. Queries and keys share a bottleneck,
 * values come from the wide input. Parameters are named as in Hugging Face's `MobileBertLayer`.
 * Source: Sun et al. 2020, https://arxiv.org/abs/2004.02984, figure 1(c) and section 3.
 */
export function mobileBertLayer(
  graph: OnnxGraph,
  input: Value,
  mask: Value,
  name: string,
  { width, narrow, heads, intermediate, feedForwards }: MobileBertLayerOptions,
): Value {
  const narrowed = (part: string): Value => {
    const value = dense(graph, input, `${name}.bottleneck.${part}.dense`, width, narrow);
    return noNorm(graph, value, `${name}.bottleneck.${part}.LayerNorm`, narrow, DENSE);
  };
  const added = (value: Value, residual: Value, part: string, features: number, summands = DENSE_AND_RESIDUAL): Value => {
    return noNorm(graph, graph.node('Add', [value, residual]), `${name}.${part}.LayerNorm`, features, summands);
  };
  const feedForward = (value: Value, part: string): Value => {
    const inner = graph.node('Relu', [dense(graph, value, `${name}.${part}intermediate.dense`, narrow, intermediate)]);
    return added(dense(graph, inner, `${name}.${part}output.dense`, intermediate, narrow), value, `${part}output`, narrow);
  };
  const residual = narrowed('input');
  const sizes = { queryFeatures: narrow, valueFeatures: width, width: narrow, heads };
  const attended = attention(graph, narrowed('attention'), input, mask, `${name}.attention.self`, sizes);
  let value = dense(graph, attended, `${name}.attention.output.dense`, narrow, narrow);
  value = added(value, residual, 'attention.output', narrow, ATTENTION_AND_RESIDUAL);
  for (let i = 0; i < feedForwards - 1; i++) value = feedForward(value, `ffn.${i}.`);
  value = feedForward(value, '');
  return added(dense(graph, value, `${name}.output.bottleneck.dense`, narrow, width), input, 'output.bottleneck', width);
}
