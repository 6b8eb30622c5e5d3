import type { OnnxGraph, Value } from '../graph.js';
import { dense } from './dense.js';

export interface AttentionOptions {
  /** Where queries and keys are computed from, [batch, tokens, queryFeatures]. */
  readonly queryFeatures: number;
  /** Where values are computed from, [batch, tokens, valueFeatures]. */
  readonly valueFeatures: number;
  /** What comes out; every head has its part of it. */
  readonly width: number;
  readonly heads: number;
}

/**
 * Self-attention of several heads, softmax(Q · Kᵀ / √size + mask) · V, without the layer that follows it. Parameters are named as in
 * BERT's `attention.self`. Source: Vaswani et al. 2017, https://arxiv.org/abs/1706.03762, section 3.2.
 *
 * @param asking value that queries and keys come from
 * @param telling value that values come from
 * @param mask added to the scores, see `attentionMask`
 */
export function attention(
  graph: OnnxGraph,
  asking: Value,
  telling: Value,
  mask: Value,
  name: string,
  { queryFeatures, valueFeatures, width, heads }: AttentionOptions,
): Value {
  const size = width / heads;
  const shape = (dimensions: string, sizes: readonly number[]) =>
    // A 0 keeps the size that is there: batch and tokens.
    graph.constant(`attention.${dimensions}`, [2 + sizes.length], BigInt64Array.from([0, 0, ...sizes], BigInt));
  const byHead = (value: Value, perm: readonly number[]) =>
    graph.node('Transpose', [graph.node('Reshape', [value, shape('heads', [heads, size])])], { perm });
  const query = byHead(dense(graph, asking, `${name}.query`, queryFeatures, width), [0, 2, 1, 3]);
  const key = byHead(dense(graph, asking, `${name}.key`, queryFeatures, width), [0, 2, 3, 1]);
  const value = byHead(dense(graph, telling, `${name}.value`, valueFeatures, width), [0, 2, 1, 3]);
  const root = graph.constant('attention.root', [], Float32Array.of(Math.sqrt(size)));
  const scores = graph.node('Add', [graph.node('Div', [graph.node('MatMul', [query, key]), root]), mask]);
  const weighed = graph.node('MatMul', [graph.node('Softmax', [scores], { axis: -1 }), value]);
  return graph.node('Reshape', [graph.node('Transpose', [weighed], { perm: [0, 2, 1, 3] }), shape('width', [width])]);
}
