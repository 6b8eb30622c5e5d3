import type { PageFramework } from '../../../../collectors/harness/page/framework.js';

/** A framework that predicts twice in every odd prediction: twice the work for the device. */
export const twice = (create: () => PageFramework) => (): PageFramework => {
  const framework = create();
  let predictions = 0;
  return {
    load: (workload) => framework.load(workload),
    setup: () => framework.setup(),
    async predict(inputs) {
      // The first is the warm-up.
      const iteration = predictions++ - 1;
      if (iteration % 2 === 1) await framework.predict(inputs);
      return framework.predict(inputs);
    },
  };
};
