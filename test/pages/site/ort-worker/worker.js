import * as ort from '/vendor/onnxruntime-web/ort.wasm.min.mjs';
import { inferenceLoop } from '../inferenceLoop.js';
import { textDetector } from '../textDetector.js';

ort.env.wasm.numThreads = 2;
inferenceLoop({ ...textDetector, note: (entry) => self.postMessage(entry) });
