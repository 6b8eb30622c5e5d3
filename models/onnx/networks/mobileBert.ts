import { OnnxGraph } from '../graph.js';
import { attentionMask } from '../layers/attentionMask.js';
import { dense } from '../layers/dense.js';
import { embedding } from '../layers/embedding.js';
import { mobileBertLayer } from '../layers/mobileBertLayer.js';
import { noNorm } from '../layers/noNorm.js';
import { positionIds } from '../layers/positionIds.js';
import { trigrams } from '../layers/trigrams.js';

/** Sun et al. 2020, https://arxiv.org/abs/2004.02984, table 1, the last column; google/mobilebert-uncased is of this size. */
const LAYERS = 24;
const SIZES = { width: 512, narrow: 128, heads: 4, intermediate: 512, feedForwards: 4 };
const EMBEDDING = 128;
const VOCABULARY = 30_522;
const POSITIONS = 512;
const SENTENCES = 2;
/** The words, which a dense layer doubled, the position and the sentence. */
const SUMMANDS = 4;

/**
 * MobileBERT without a head: ids of tokens in, features of each and, since its pooler only picks the first token, of the whole text out.
 * Inputs, outputs and parameters are named as by Hugging Face's `MobileBertModel`.
 *
 * @param tokens how long a text is
 */
export function mobileBert(tokens: number): OnnxGraph {
  const { width } = SIZES;
  const graph = new OnnxGraph('mobilebert', 1, 17);
  const ids = graph.input('input_ids', 'int64', [1, tokens]);
  const mask = attentionMask(graph, graph.input('attention_mask', 'int64', [1, tokens]));
  const sentences = graph.input('token_type_ids', 'int64', [1, tokens]);
  const looked = (from: string, part: string, rows: number) => embedding(graph, from, `embeddings.${part}`, rows, width);
  const words = embedding(graph, ids, 'embeddings.word_embeddings', VOCABULARY, EMBEDDING);
  const tripled = trigrams(graph, words, tokens);
  const widened = dense(graph, tripled, 'embeddings.embedding_transformation', 3 * EMBEDDING, width);
  const placed = graph.node('Add', [widened, looked(positionIds(graph, tokens), 'position_embeddings', POSITIONS)]);
  const typed = graph.node('Add', [placed, looked(sentences, 'token_type_embeddings', SENTENCES)]);
  let value = noNorm(graph, typed, 'embeddings.LayerNorm', width, SUMMANDS);
  for (let i = 0; i < LAYERS; i++) value = mobileBertLayer(graph, value, mask, `encoder.layer.${i}`, SIZES);
  const first = graph.node('Gather', [value, graph.constant('first', [], BigInt64Array.of(0n))], { axis: 1 });
  graph.output(value, 'last_hidden_state', 'float32', [1, tokens, width]);
  graph.output(first, 'pooler_output', 'float32', [1, width]);
  return graph;
}
