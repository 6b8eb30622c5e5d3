import { generatedModel } from './generatedModel.js';
import { efficientdetD0 as network } from './onnx/networks/efficientdetD0.js';

/**
 * EfficientDet-D0 with seeded weights: latency is that of the real network, its answers mean nothing. Raw heads, without non-maximum
 * suppression. Its images are of 512 × 512 pixels, as the publication has them for D0 (table 1 of https://arxiv.org/abs/1911.09070); 640 × 640
 * is D1's size.
 */
export const efficientdetD0 = generatedModel({
  name: 'efficientdet-d0',
  title: 'EfficientDet-D0 (seeded weights)',
  task: 'object detection',
  licence: 'Apache-2.0',
  origin: 'Generated layer by layer after Yet-Another-EfficientDet-Pytorch; weights are seeded, not trained',
  parameters: 3_880_067,
  defaultShapes: { x: [1, 3, 512, 512] },
  formats: ['onnx', 'tfjs', 'tflite'],
  generator: 1,
  build: () => network(512),
});
