import type { OnnxGraph, Value } from '../graph.js';
import { attention } from './attention.js';
import { dense } from './dense.js';
import { gelu } from './gelu.js';
import { layerNormalization } from './layerNormalization.js';

export interface EncoderLayerOptions {
  /** Features per token, in and out. */
  readonly width: number;
  readonly heads: number;
  /** Features between the two layers of the feed-forward network. */
  readonly intermediate: number;
}

/**
 * One layer of BERT: self-attention and a feed-forward network, each added to what came in and normalized. Parameters are named as in
 * Hugging Face's `BertLayer`. Source: Devlin et al. 2018, https://arxiv.org/abs/1810.04805, section 3.
 */
export function encoderLayer(graph: OnnxGraph, input: Value, mask: Value, name: string, options: EncoderLayerOptions): Value {
  const { width, heads, intermediate } = options;
  const sizes = { queryFeatures: width, valueFeatures: width, width, heads };
  const added = (value: Value, residual: Value, part: string): Value => {
    return layerNormalization(graph, graph.node('Add', [value, residual]), `${name}.${part}.LayerNorm`, width);
  };
  const attended = attention(graph, input, input, mask, `${name}.attention.self`, sizes);
  const middle = added(dense(graph, attended, `${name}.attention.output.dense`, width, width), input, 'attention.output');
  const inner = gelu(graph, dense(graph, middle, `${name}.intermediate.dense`, width, intermediate));
  return added(dense(graph, inner, `${name}.output.dense`, intermediate, width), middle, 'output');
}
