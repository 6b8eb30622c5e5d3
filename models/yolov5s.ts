import { generatedModel } from './generatedModel.js';
import { yolov5 } from './onnx/networks/yolov5.js';

/**
 * YOLOv5s with seeded weights: latency is that of the real network, its answers mean nothing. Raw heads, without non-maximum suppression.
 * Multiples: https://github.com/ultralytics/yolov5/blob/v7.0/models/yolov5s.yaml
 */
export const yolov5s = generatedModel({
  name: 'yolov5s',
  title: 'YOLOv5s (seeded weights)',
  task: 'object detection',
  licence: 'Apache-2.0',
  origin: 'Generated layer by layer after YOLOv5 v7.0; weights are seeded, not trained',
  parameters: 7_235_389,
  defaultShapes: { images: [1, 3, 640, 640] },
  formats: ['onnx', 'tfjs', 'tflite'],
  generator: 1,
  build: () => yolov5({ name: 'yolov5s', depth: 0.33, width: 0.5, size: 640 }),
});
