import { generatedModel } from './generatedModel.js';
import { bert } from './onnx/networks/bert.js';

const TOKENS = 128;

/**
 * BERT base with seeded weights: latency is that of the real network, its answers mean nothing.
 * Source: Devlin et al. 2018, https://arxiv.org/abs/1810.04805, section 3.
 */
export const bertBase = generatedModel({
  name: 'bert-base',
  title: 'BERT base (seeded weights)',
  task: 'text encoding',
  licence: 'Apache-2.0',
  origin: 'Generated layer by layer after google-bert/bert-base-uncased; weights are seeded, not trained',
  parameters: 109_482_240,
  defaultShapes: { input_ids: [1, TOKENS], attention_mask: [1, TOKENS], token_type_ids: [1, TOKENS] },
  formats: ['onnx', 'tfjs', 'tflite'],
  generator: 1,
  build: () => bert('bert_base', { layers: 12, width: 768, heads: 12, intermediate: 3072, tokens: TOKENS }),
});
