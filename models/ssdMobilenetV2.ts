import { generatedModel } from './generatedModel.js';
import { ssdMobilenetV2 as network } from './onnx/networks/ssdMobilenetV2.js';

/**
 * The SSD of TensorFlow's object detection API on MobileNetV2, with seeded weights: latency is that of the real network, its answers mean
 * nothing. Raw heads, without non-maximum suppression.
 */
export const ssdMobilenetV2 = generatedModel({
  name: 'ssd-mobilenet-v2',
  title: 'SSD on MobileNetV2 (seeded weights)',
  task: 'object detection',
  licence: 'Apache-2.0',
  origin:
    "Generated layer by layer after ssd_mobilenet_v2_coco of TensorFlow's object detection API; weights are seeded, not trained",
  parameters: 6_066_431,
  defaultShapes: { x: [1, 3, 300, 300] },
  formats: ['onnx', 'tfjs', 'tflite'],
  generator: 1,
  build: () => network(300),
});
