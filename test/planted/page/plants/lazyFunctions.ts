import { lazyModule } from '../lazyModule.js';
import { type CreatePlant, clocked } from '../plant.js';

/** Enough for tens of milliseconds; how long their compilation really takes is measured. */
const FUNCTIONS = 500;

/** Wasm functions that are called for the first time in the warm-up; without an amount they have been called in the set-up. */
export const lazyFunctions: CreatePlant = async (_base, { amountMs: planned }) => {
  const { instance } = await WebAssembly.instantiate(lazyModule(FUNCTIONS));
  const callAll = instance.exports.callAll as () => void;
  if (planned === 0) callAll();
  return (_amountMs, warmup) => {
    const firstMs = clocked(callAll);
    return warmup ? firstMs - clocked(callAll) : 0;
  };
};
