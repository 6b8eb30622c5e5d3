import { generatedModel } from './generatedModel.js';
import { mobileBert as network } from './onnx/networks/mobileBert.js';

const TOKENS = 128;

/** MobileBERT with seeded weights: latency is that of the real network, its answers mean nothing. */
export const mobileBert = generatedModel({
  name: 'mobilebert',
  title: 'MobileBERT (seeded weights)',
  task: 'text encoding',
  licence: 'Apache-2.0',
  origin: 'Generated layer by layer after google/mobilebert-uncased; weights are seeded, not trained',
  parameters: 24_581_888,
  defaultShapes: { input_ids: [1, TOKENS], attention_mask: [1, TOKENS], token_type_ids: [1, TOKENS] },
  formats: ['onnx', 'tfjs', 'tflite'],
  generator: 1,
  build: () => network(TOKENS),
});
