import type { PageFramework } from '../../../collectors/harness/page/framework.js';
import { MEASURED_PATH, type Plan } from '../plan.js';
import { createBase } from './base.js';
import { isPlanted } from './isPlanted.js';
import type { Plant } from './plant.js';
import { plants } from './plants/index.js';
import { predictionNow } from './predictionNow.js';

/** A framework whose predictions are a kernel of known kind, and in every odd one, or block of them, a known amount of one cause. */
export function planted(): PageFramework {
  let plan: Plan;
  let plant: Plant;
  const measured: number[] = [];
  return {
    load: async () => ({ version: '1' }),
    async setup() {
      plan = (await (await fetch('/model')).json()) as Plan;
      plant = await plants[plan.plant]!(await createBase(plan.base), plan);
      return { threads: 1, note: null };
    },
    async predict() {
      const now = predictionNow();
      const warmup = now === 'warm-up';
      const ms = await plant(warmup || (now !== 'settling' && isPlanted(plan, now)) ? plan.amountMs : 0, warmup);
      if (now !== 'settling') measured.push(ms);
      // After the last window, not in it.
      if (now === plan.iterations - 1) {
        setTimeout(() => fetch(MEASURED_PATH, { method: 'POST', body: JSON.stringify(measured) }));
      }
      return [];
    },
  };
}
