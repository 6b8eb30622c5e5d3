import { generatedModel } from './generatedModel.js';
import { bert } from './onnx/networks/bert.js';

const TOKENS = 128;

/**
 * Small BERT, L-4 H-512, with seeded weights: latency is that of the real network, its answers mean nothing.
 * Source: Turc et al. 2019, https://arxiv.org/abs/1908.08962; sizes: https://github.com/google-research/bert#readme
 */
export const smallBert = generatedModel({
  name: 'small-bert',
  title: 'Small BERT, 4 layers of 512 (seeded weights)',
  task: 'text encoding',
  licence: 'Apache-2.0',
  origin: 'Generated layer by layer after google/bert_uncased_L-4_H-512_A-8; weights are seeded, not trained',
  parameters: 28_763_648,
  defaultShapes: { input_ids: [1, TOKENS], attention_mask: [1, TOKENS], token_type_ids: [1, TOKENS] },
  formats: ['onnx', 'tfjs', 'tflite'],
  generator: 1,
  build: () => bert('small_bert', { layers: 4, width: 512, heads: 8, intermediate: 2048, tokens: TOKENS }),
});
