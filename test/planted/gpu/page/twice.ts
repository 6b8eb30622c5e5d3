import type { PageFramework } from '../../../../collectors/harness/page/framework.js';
import { predictionNow } from '../../page/predictionNow.js';

/** A framework that predicts twice in every odd prediction: twice the work for the device. */
export const twice = (create: () => PageFramework) => (): PageFramework => {
  const framework = create();
  return {
    load: (workload) => framework.load(workload),
    setup: () => framework.setup(),
    async predict(inputs) {
      const now = predictionNow();
      if (typeof now === 'number' && now % 2 === 1) await framework.predict(inputs);
      return framework.predict(inputs);
    },
  };
};
