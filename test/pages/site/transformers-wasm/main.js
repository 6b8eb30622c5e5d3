import { inferenceLoop } from '../inferenceLoop.js';
import { sentenceEncoder } from '../sentenceEncoder.js';

// With both paths given, transformers.js keeps the two files in the browser's cache and runs them from there, as it does by default with
// those of its CDN: the script has a blob: address, and the Wasm has none.
const folder = '/vendor/transformers-ort/ort-wasm-simd-threaded.asyncify';
inferenceLoop(sentenceEncoder('wasm', { mjs: `${folder}.mjs`, wasm: `${folder}.wasm` }));
