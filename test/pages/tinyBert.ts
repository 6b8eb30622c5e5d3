import { generatedModel } from '../../models/generatedModel.js';
import { bert } from '../../models/onnx/networks/bert.js';

/** What every sentence of the pages has, its two marks included: the graph has one size. */
const TOKENS = 32;

/** A BERT of two narrow layers with seeded weights: so small that SwiftShader runs it several times a second. */
export const tinyBert = generatedModel({
  name: 'tiny-bert',
  title: 'Tiny BERT, 2 layers of 128 (seeded weights)',
  task: 'text encoding',
  licence: 'Apache-2.0',
  origin: 'Generated layer by layer, for the pages of the tests',
  parameters: 4_649_088,
  defaultShapes: { input_ids: [1, TOKENS], attention_mask: [1, TOKENS], token_type_ids: [1, TOKENS] },
  formats: ['onnx'],
  generator: 1,
  build: () => bert('tiny_bert', { layers: 2, width: 128, heads: 4, intermediate: 1024, tokens: TOKENS }),
});
