import { packagedModel } from './packagedModel.js';

/** ESRGAN, the small one, with its trained weights: doubles the sides of an image of any size. What is large are its tensors, not its weights. */
export const esrganSlim = packagedModel({
  name: 'esrgan-slim',
  title: 'ESRGAN slim, 2×',
  task: 'super-resolution',
  licence: 'MIT',
  origin: 'npm @upscalerjs/esrgan-slim, trained by UpscalerJS',
  parameters: 222_075,
  defaultShapes: { LR: [1, 64, 64, 3] },
  npmPackage: '@upscalerjs/esrgan-slim',
  asset: 'models/x2/model.json',
});
