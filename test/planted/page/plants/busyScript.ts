import { type CreatePlant, clocked, inTheMiddle } from '../plant.js';

/** JavaScript of the run itself that keeps the thread busy. */
export const busyScript: CreatePlant = async (base) =>
  inTheMiddle(base, (amountMs) =>
    clocked(() => {
      const end = performance.now() + amountMs;
      while (performance.now() < end);
    }),
  );
