import { centernet } from './centernet.js';
import { esrganSlim } from './esrganSlim.js';
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
import { tinyOperators } from './tinyOperators.js';

/** The models that Inferscope knows by name; the first is the default. Then those of the study, then those with real weights. */
export const models: readonly Model[] = [
  ppocrDet,
  mobilenetV2,
  resnet50,
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
