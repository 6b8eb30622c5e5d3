import { BASE_MS, type CreatePlant } from '../plant.js';

/** What the other inference computes, ms. */
const OTHER_MS = 15;

interface Inference {
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * Each prediction is two inferences. With the plant the page begins the second when the first has not computed yet: it computes first,
 * and what is planted is for how long the second waits for it. Without the plant they come one after the other.
 * @param turn lets the page begin another inference before this one computes
 */
const overlapping =
  (turn: () => Promise<void>): CreatePlant =>
  async (base) => {
    const infer = async (ms: number): Promise<Inference> => {
      const startMs = performance.mark('begun').startTime;
      await turn();
      base.run(ms);
      const endMs = performance.mark('ended').startTime;
      performance.measure('infer', { start: startMs, end: endMs });
      return { startMs, endMs };
    };
    return async (amountMs) => {
      const other = infer(OTHER_MS);
      if (amountMs === 0) await other;
      const [{ endMs }, { startMs }] = await Promise.all([other, infer(BASE_MS)]);
      return Math.max(0, endMs - startMs);
    };
  };

export const overlappingInOneTask = overlapping(async () => {});
export const overlappingInTasks = overlapping(
  () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    }),
);
