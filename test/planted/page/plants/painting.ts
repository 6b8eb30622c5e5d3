import { type CreatePlant, inTheMiddle } from '../plant.js';

/** Another script of the page paints a canvas of two dimensions while the run waits for a timer. Chrome does so on the GPU. */
export const painting: CreatePlant = async (base) => {
  await import(`${location.origin}/harness/foreign.js`);
  return inTheMiddle(base, async (ms) => {
    if (ms === 0) return 0;
    const start = performance.now();
    self.postMessage({ paints: true }, '*');
    await new Promise((resolve) => setTimeout(resolve, ms));
    self.postMessage({ paints: false }, '*');
    return performance.now() - start;
  });
};
