import { lazyModule } from '../lazyModule.js';
import { type CreatePlant, clocked } from '../plant.js';

/** Enough for tens of milliseconds on fast machines, beside which samples every 2 ms are fine; how long their compilation really takes is measured. */
const FUNCTIONS = 1500;

/** Wasm functions that are called for the first time in the warm-up; without an amount they have been called in the set-up. */
export const lazyFunctions: CreatePlant = async (_base, { amountMs: planned }) => {
  const { instance } = await WebAssembly.instantiate(lazyModule(FUNCTIONS));
  const callAll = instance.exports.callAll as () => void;
  if (planned === 0) callAll();
  return (_amountMs, warmup) => {
    const firstMs = clocked(callAll);
    // The fastest of some later calls: the next one may still be slowed down by what came before.
    return warmup ? firstMs - Math.min(...Array.from({ length: 9 }, () => clocked(callAll))) : 0;
  };
};
