import { bertBase } from './bertBase.js';
import { centernet } from './centernet.js';
import { efficientdetD0 } from './efficientdetD0.js';
import { esrganSlim } from './esrganSlim.js';
import { mobileBert } from './mobileBert.js';
import { mobilenetV2 } from './mobilenetV2.js';
import type { Model } from './model.js';
import { movenet } from './movenet.js';
import { nsfwInceptionV3 } from './nsfwInceptionV3.js';
import { nsfwMobilenetV2 } from './nsfwMobilenetV2.js';
import { ppocrCls } from './ppocrCls.js';
import { ppocrDet } from './ppocrDet.js';
import { ppocrRec } from './ppocrRec.js';
import { resnet50 } from './resnet50.js';
import { selfie } from './selfie.js';
import { sentenceEncoder } from './sentenceEncoder.js';
import { sileroVad } from './sileroVad.js';
import { smallBert } from './smallBert.js';
import { ssdMobilenetV2 } from './ssdMobilenetV2.js';
import { tinyOperators } from './tinyOperators.js';
import { vgg16 } from './vgg16.js';
import { yolov5m } from './yolov5m.js';
import { yolov5s } from './yolov5s.js';

/** The models that Inferscope knows by name; the first is the default. Then those of the study, then those with real weights. */
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
  ppocrRec,
  ppocrCls,
  centernet,
  movenet,
  selfie,
  nsfwMobilenetV2,
  nsfwInceptionV3,
  sentenceEncoder,
  esrganSlim,
  sileroVad,
];
