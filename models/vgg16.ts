import { generatedModel } from './generatedModel.js';
import { vgg16 as network } from './onnx/networks/vgg16.js';

/**
 * VGG16 with the layers and parameter names of torchvision's `vgg16`, and seeded weights: latency is that of the real network, its answers
 * mean nothing.
 */
export const vgg16 = generatedModel({
  name: 'vgg16',
  title: 'VGG16 (seeded weights)',
  task: 'image classification',
  licence: 'Apache-2.0',
  origin: 'Generated layer by layer after torchvision 0.20 vgg16; weights are seeded, not trained',
  parameters: 138_357_544,
  defaultShapes: { x: [1, 3, 224, 224] },
  formats: ['onnx', 'tfjs', 'tflite'],
  generator: 1,
  build: () => network(224),
});
