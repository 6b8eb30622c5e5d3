import { BASE_MS, type CreatePlant, clocked } from '../plant.js';
import { startHelpers } from '../startHelpers.js';

/** For each core: the cores are the owner's for a part of its time only. */
export const THREADS = 4;
/** Until they begin, the owner is in its kernel. Else it would lose its core in the call that wakes them, and samples would be of that. */
const LATE_MS = 2;
/** What the owner computes: even if the whole pool is on one core, it ends before. */
const OWN_MS = 2 * BASE_MS;

/**
 * A pool that computes beside the owner, in each thread for as long as is planted. That is less than the owner's own work, so that
 * it ends last and what it loses is a core. Measured is how long it waits for the pool all the same.
 */
export const tooManyThreads: CreatePlant = async (base, plan) => {
  const pool = await startHelpers(THREADS * navigator.hardwareConcurrency, plan.base, { lateMs: LATE_MS });
  return (amountMs) => {
    if (amountMs > 0) pool.begin(amountMs);
    base.run(OWN_MS);
    return clocked(() => pool.awaitEnd('sleepUntil'));
  };
};
