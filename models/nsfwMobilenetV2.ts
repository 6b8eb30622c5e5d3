import { nsfwModel } from './nsfwModel.js';

/** A MobileNetV2 with trained weights, which sorts images into five kinds of decency; its weights are quantized to 8 bits on disk. */
export const nsfwMobilenetV2 = nsfwModel({
  name: 'nsfw-mobilenet-v2',
  title: 'NSFWJS MobileNetV2',
  task: 'image classification',
  licence: 'MIT',
  origin: 'npm nsfwjs, trained on github.com/GantMan/nsfw_model',
  parameters: 2_585_349,
  defaultShapes: { input_1: [1, 224, 224, 3] },
  detects: { what: 'class', pixels: '0..1' },
  folder: 'mobilenet_v2',
  shards: 1,
});
