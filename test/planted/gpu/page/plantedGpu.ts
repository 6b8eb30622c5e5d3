import type { PageFramework } from '../../../../collectors/harness/page/framework.js';
import { isPlanted } from '../../page/isPlanted.js';
import { predictionNow } from '../../page/predictionNow.js';
import { MEASURED_PATH } from '../../plan.js';
import type { GpuPlan } from '../gpuPlan.js';
import { type Chain, OPERATORS } from './chain.js';
import type { GpuPlant } from './gpuPlant.js';
import { webGlPlants, webGpuPlants } from './plants/index.js';
import { webGlChain } from './webGlChain.js';
import { webGpuChain } from './webGpuChain.js';

/** A framework whose predictions are a chain of operators on the GPU, and in every odd one a known amount of one cause. */
export function plantedGpu(): PageFramework {
  let plan: GpuPlan;
  let chain: Chain;
  let plant: GpuPlant | null = null;
  const measured: number[] = [];
  return {
    load: async () => ({ version: '1' }),
    async setup() {
      plan = (await (await fetch('/model')).json()) as GpuPlan;
      if (plan.backend === 'webgpu') {
        const made = await webGpuChain();
        chain = made;
        if (plan.amount > 0) plant = await webGpuPlants[plan.plant]!(made, plan.amount);
      } else {
        const made = webGlChain();
        chain = made;
        if (plan.amount > 0) plant = await webGlPlants[plan.plant]!(made, plan.amount);
      }
      return { threads: 1, note: null };
    },
    async predict() {
      const now = predictionNow();
      const planted = now === 'warm-up' || (now !== 'settling' && isPlanted(plan, now)) ? plant : null;
      let ms = 0;
      for (let i = 0; i < OPERATORS; i++) {
        chain.operator();
        if (planted?.at === 'every operator') ms += await clocked(() => planted.act());
      }
      ms += await clocked(() => chain.readBack());
      ms += await clocked(async () => {
        if (planted?.at === 'end') await planted.act();
        await chain.readBack();
      });
      if (now !== 'settling') measured.push(ms);
      // After the last window, not in it.
      if (now === plan.iterations - 1) {
        setTimeout(() => fetch(MEASURED_PATH, { method: 'POST', body: JSON.stringify(measured) }));
      }
      return [];
    },
  };
}

async function clocked(action: () => void | Promise<void>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}
