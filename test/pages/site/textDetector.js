// Where is text in this picture? PP-OCR's detector on onnxruntime-web, one thread.
import * as ort from '/vendor/onnxruntime-web/ort.wasm.min.mjs';

ort.env.logLevel = 'error';
ort.env.wasm.wasmPaths = '/vendor/onnxruntime-web/';
ort.env.wasm.numThreads = 1;

const SIDE = 160;
const picture = Float32Array.from({ length: 3 * SIDE * SIDE }, (_, i) => Math.sin(i / 7) * Math.cos(i / SIDE));

export const textDetector = {
  load: () => ort.InferenceSession.create('/models/ocr/ch_PP-OCRv4_det_infer.onnx', { executionProviders: ['wasm'] }),
  /** How many pixels may be text. */
  async infer(session) {
    const [input] = session.inputNames;
    const outputs = await session.run({ [input]: new ort.Tensor('float32', picture, [1, 3, SIDE, SIDE]) });
    const { data } = outputs[session.outputNames[0]];
    return data.reduce((count, value) => count + (value > 0.3 ? 1 : 0), 0);
  },
};
