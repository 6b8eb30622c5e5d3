import { BASE_MS, type CreatePlant } from '../plant.js';
import { startHelpers } from '../startHelpers.js';

/** A worker that has less work than the owner by what is planted, and polls until it gets more; where nothing is planted it sleeps. Measured is how long it computed. */
export const pollingWorker: CreatePlant = async (base, { base: kind, amountMs }) => {
  const helper = await startHelpers(1, kind, { wait: amountMs > 0 ? 'exchangeUntil' : 'sleepUntil' });
  return () => {
    helper.begin(BASE_MS - amountMs);
    base.run(BASE_MS);
    helper.awaitEnd('sleepUntil');
    return helper.computedMs();
  };
};
