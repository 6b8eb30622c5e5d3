import { OnnxGraph } from '../graph.js';
import { attentionMask } from '../layers/attentionMask.js';
import { embedding } from '../layers/embedding.js';
import { type EncoderLayerOptions, encoderLayer } from '../layers/encoderLayer.js';
import { layerNormalization } from '../layers/layerNormalization.js';
import { linear } from '../layers/linear.js';
import { positionIds } from '../layers/positionIds.js';

export interface BertOptions extends EncoderLayerOptions {
  readonly layers: number;
  /** How long a text is, in tokens. */
  readonly tokens: number;
}

/** Word pieces of the uncased English vocabulary, the longest text, and the two sentences: the same in every published size. */
const VOCABULARY = 30_522;
const POSITIONS = 512;
const SENTENCES = 2;

/**
 * BERT without a head: ids of tokens in, features of each and of the whole text out. Inputs, outputs and parameters are named as by
 * Hugging Face's `BertModel`. Source: Devlin et al. 2018, https://arxiv.org/abs/1810.04805
 */
export function bert(name: string, { layers, tokens, ...sizes }: BertOptions): OnnxGraph {
  const { width } = sizes;
  const graph = new OnnxGraph(name, 1, 17);
  const ids = graph.input('input_ids', 'int64', [1, tokens]);
  const mask = attentionMask(graph, graph.input('attention_mask', 'int64', [1, tokens]));
  const sentences = graph.input('token_type_ids', 'int64', [1, tokens]);
  const looked = (from: string, part: string, rows: number) => embedding(graph, from, `embeddings.${part}`, rows, width);
  const words = looked(ids, 'word_embeddings', VOCABULARY);
  const typed = graph.node('Add', [words, looked(sentences, 'token_type_embeddings', SENTENCES)]);
  const placed = graph.node('Add', [typed, looked(positionIds(graph, tokens), 'position_embeddings', POSITIONS)]);
  let value = layerNormalization(graph, placed, 'embeddings.LayerNorm', width);
  for (let i = 0; i < layers; i++) value = encoderLayer(graph, value, mask, `encoder.layer.${i}`, sizes);
  const first = graph.node('Gather', [value, graph.constant('first', [], BigInt64Array.of(0n))], { axis: 1 });
  const pooled = graph.node('Tanh', [linear(graph, first, 'pooler.dense', width, width)]);
  graph.output(value, 'last_hidden_state', 'float32', [1, tokens, width]);
  graph.output(pooled, 'pooler_output', 'float32', [1, width]);
  return graph;
}
