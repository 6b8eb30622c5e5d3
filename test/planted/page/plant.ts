import type { Plan } from '../plan.js';
import type { Base } from './base.js';

/**
 * Runs one prediction with so much of a cause in it.
 * @returns how much it was, ms, by this thread's clock
 */
export type Plant = (amountMs: number, warmup: boolean) => number | Promise<number>;

/** Sets the plant up: what it loads and compiles is not part of a prediction. */
export type CreatePlant = (base: Base, plan: Plan) => Promise<Plant>;

/** What the base computes per prediction, ms. */
export const BASE_MS = 34;

/** The plant between two halves of the base. */
export function inTheMiddle(base: Base, plant: Plant): Plant {
  return async (amountMs, warmup) => {
    base.run(BASE_MS / 2);
    const measured = await plant(amountMs, warmup);
    base.run(BASE_MS / 2);
    return measured;
  };
}

/** How long an action took, ms. */
export function clocked(action: () => void): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}
