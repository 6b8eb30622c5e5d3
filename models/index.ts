import { bertBase } from './bertBase.js';
import { efficientdetD0 } from './efficientdetD0.js';
import { mobileBert } from './mobileBert.js';
import { mobilenetV2 } from './mobilenetV2.js';
import type { Model } from './model.js';
import { ppocrDet } from './ppocrDet.js';
import { resnet50 } from './resnet50.js';
import { smallBert } from './smallBert.js';
import { ssdMobilenetV2 } from './ssdMobilenetV2.js';
import { tinyOperators } from './tinyOperators.js';
import { vgg16 } from './vgg16.js';
import { yolov5m } from './yolov5m.js';
import { yolov5s } from './yolov5s.js';

/** The models that Inferscope knows by name; the first is the default. */
export const models: readonly Model[] = [
  ppocrDet,
  mobilenetV2,
  resnet50,
  vgg16,
  ssdMobilenetV2,
  efficientdetD0,
  yolov5s,
  yolov5m,
  mobileBert,
  smallBert,
  bertBase,
  tinyOperators,
];
