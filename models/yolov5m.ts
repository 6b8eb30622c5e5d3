import { generatedModel } from './generatedModel.js';
import { yolov5 } from './onnx/networks/yolov5.js';

/**
 * YOLOv5m with seeded weights: latency is that of the real network, its answers mean nothing. Raw heads, without non-maximum suppression.
 * Multiples: https://github.com/ultralytics/yolov5/blob/v7.0/models/yolov5m.yaml
 */
export const yolov5m = generatedModel({
  name: 'yolov5m',
  title: 'YOLOv5m (seeded weights)',
  task: 'object detection',
  licence: 'Apache-2.0',
  origin: 'Generated layer by layer after YOLOv5 v7.0; weights are seeded, not trained',
  parameters: 21_190_557,
  defaultShapes: { images: [1, 3, 640, 640] },
  formats: ['onnx', 'tfjs', 'tflite'],
  generator: 1,
  build: () => yolov5({ name: 'yolov5m', depth: 0.67, width: 0.75, size: 640 }),
});
