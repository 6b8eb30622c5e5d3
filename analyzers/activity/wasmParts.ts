import { fact } from '../input.js';
import { activityParts } from './activityParts.js';
import { activities } from './callStacks.js';
import { wasmFunctions } from './polling.js';

/** Per row of callFrames: the causes of a sample in a Wasm function that works. */
export const wasmParts = fact('wasmParts', (get) => activityParts(get(wasmFunctions).functions, get(activities)));
