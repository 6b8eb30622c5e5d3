import { BASE_MS, type CreatePlant, clocked } from '../plant.js';
import { startHelpers } from '../startHelpers.js';

/** Two threads share the work, and the other one has more of it: the owner waits for it in Wasm. */
const slowWorker =
  (wait: 'sleepUntil' | 'spinUntil'): CreatePlant =>
  async (base, plan) => {
    const helper = await startHelpers(1, plan.base);
    return (amountMs) => {
      helper.begin(BASE_MS + amountMs);
      base.run(BASE_MS);
      return clocked(() => helper.awaitEnd(wait));
    };
  };

export const sleepingForWorker = slowWorker('sleepUntil');
export const spinningForWorker = slowWorker('spinUntil');
