import { inferenceLoop } from '../inferenceLoop.js';
import { sentenceEncoder } from '../sentenceEncoder.js';

inferenceLoop(sentenceEncoder('webgpu', '/vendor/transformers-ort/'));
