// What a sentence means, in numbers, by a transformers.js pipeline with a model of this server.
import { env, pipeline } from '/vendor/transformers/transformers.min.js';

env.allowRemoteModels = false;
env.allowLocalModels = true;
env.localModelPath = '/models/text/';

/** Each of 30 word pieces (walks is two), which with the marks around them are 32 tokens: the model has one size. */
const sentences = [
  'the small old cat sleeps under a big tree near the house and eats and then slowly walks home over the river and sleeps near the grey dog and',
  'a grey dog runs over the river and then walks slowly home under the big tree and eats near the old house and then sleeps and runs home and',
  'the horse sleeps near the old river and then the dog runs home slowly and the cat eats under a small tree near the house and walks home and',
];
let next = 0;

/** wasmPaths: where ONNX Runtime's Wasm lies; without it transformers.js asks a CDN. */
export function sentenceEncoder(device, wasmPaths) {
  env.backends.onnx.wasm.wasmPaths = wasmPaths;
  return {
    load: () => pipeline('feature-extraction', 'tiny-bert', { device, dtype: 'fp32' }),
    infer: (extract) => extract(sentences[next++ % sentences.length], { pooling: 'mean', normalize: true }),
  };
}
