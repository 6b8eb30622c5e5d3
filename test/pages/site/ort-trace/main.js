import * as ort from '/vendor/onnxruntime-web/ort.wasm.min.mjs';
import { inferenceLoop } from '../inferenceLoop.js';
import { textDetector } from '../textDetector.js';

// ONNX Runtime's own marks: https://onnxruntime.ai/docs/tutorials/web/env-flags-and-session-options.html
ort.env.trace = true;
inferenceLoop(textDetector);
