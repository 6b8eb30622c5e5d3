import type { z } from 'zod';
import type { Tool } from './tool.js';
import { compare } from './tools/compare.js';
import { functionTool } from './tools/function.js';
import { inUse } from './tools/inUse.js';
import { isItValid } from './tools/isItValid.js';
import { listBundles } from './tools/listBundles.js';
import { myCode } from './tools/myCode.js';
import { operator } from './tools/operator.js';
import { record } from './tools/record.js';
import { steps } from './tools/steps.js';
import { whySlow } from './tools/whySlow.js';

/** What an agent can ask, in the order in which it is listed. */
export const tools: readonly Tool<z.ZodObject, z.ZodObject>[] = [
  listBundles,
  isItValid,
  whySlow,
  steps,
  inUse,
  operator,
  functionTool,
  myCode,
  compare,
  record,
];
