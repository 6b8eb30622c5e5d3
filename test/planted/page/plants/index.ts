import type { CreatePlant } from '../plant.js';
import { busyScript } from './busyScript.js';
import { garbage } from './garbage.js';
import { growingMemory } from './growingMemory.js';
import { kernel } from './kernel.js';
import { lazyFunctions } from './lazyFunctions.js';
import { mixedLoops } from './mixedLoops.js';
import { nothing } from './nothing.js';
import * as overlapping from './overlapping.js';
import { pageTimer } from './pageTimer.js';
import { painting } from './painting.js';
import { pollingWorker } from './pollingWorker.js';
import { sleepingForWorker, spinningForWorker } from './slowWorker.js';
import { tooManyThreads } from './tooManyThreads.js';
import * as waits from './waits.js';

/** What can be planted in the page, by name. */
export const plants: Readonly<Record<string, CreatePlant>> = {
  busyScript,
  garbage,
  growingMemory,
  lazyFunctions,
  mixedLoops,
  nothing,
  pageTimer,
  pollingWorker,
  painting,
  relaxed: kernel('relaxed'),
  scalar: kernel('scalar'),
  simd128: kernel('simd128'),
  sleepingForWorker,
  spinningForWorker,
  tooManyThreads,
  ...overlapping,
  ...waits,
};
