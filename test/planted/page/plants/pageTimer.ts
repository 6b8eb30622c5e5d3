import { type CreatePlant, inTheMiddle } from '../plant.js';

/** A timer of another script of the page fires while the run waits for a task of its own. */
export const pageTimer: CreatePlant = async (base) => {
  await import(`${location.origin}/harness/foreign.js`);
  return inTheMiddle(
    base,
    (busyMs) =>
      new Promise((resolve) => {
        // The answer comes by a channel of the run's own: no task has scripts of both.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }: MessageEvent<number>) => resolve(data);
        self.postMessage({ busyMs }, '*', [port2]);
      }),
  );
};
