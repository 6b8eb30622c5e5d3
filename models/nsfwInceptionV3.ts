import { nsfwModel } from './nsfwModel.js';

/** An InceptionV3 with trained weights, which sorts images into five kinds of decency; its weights are quantized to 8 bits on disk. */
export const nsfwInceptionV3 = nsfwModel({
  name: 'nsfw-inception-v3',
  title: 'NSFWJS InceptionV3',
  task: 'image classification',
  licence: 'MIT',
  origin: 'npm nsfwjs, trained on github.com/GantMan/nsfw_model',
  parameters: 22_326_437,
  defaultShapes: { input_1: [1, 299, 299, 3] },
  detects: { what: 'class', pixels: '0..1' },
  folder: 'inception_v3',
  shards: 6,
});
