import { bertBase } from './bertBase.js';
import { mobileBert } from './mobileBert.js';
import { mobilenetV2 } from './mobilenetV2.js';
import type { Model } from './model.js';
import { ppocrDet } from './ppocrDet.js';
import { resnet50 } from './resnet50.js';
import { smallBert } from './smallBert.js';
import { tinyOperators } from './tinyOperators.js';

/** The models that Inferscope knows by name; the first is the default. */
export const models: readonly Model[] = [ppocrDet, mobilenetV2, resnet50, mobileBert, smallBert, bertBase, tinyOperators];
