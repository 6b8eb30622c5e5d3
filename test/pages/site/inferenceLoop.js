// What every page does with its model: load it, infer once, and then again and again, four times a second.
// It writes down when each began and ended, in milliseconds since 1970 as this page's clock has them: performance.timeOrigin + performance.now().

import { tell } from './tell.js';

const BEAT_MS = 250;
/** Between two inferences at the least, however slow the machine. */
const REST_MS = 60;

/** Taken before another script of the page could change them. */
const { timeOrigin } = performance;
const clock = performance.now.bind(performance);
const nowMs = () => timeOrigin + clock();
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

globalThis.log ??= [];
const write = (entry) => {
  globalThis.log.push(entry);
  tell(entry);
};

/** note: where an entry goes, if not into this page's own log. */
export async function inferenceLoop({ load, infer, note = write }) {
  const noted = async (phase, action) => {
    const startMs = nowMs();
    const value = await action();
    const endMs = nowMs();
    note({ phase, startMs, endMs });
    return { value, tookMs: endMs - startMs };
  };
  const { value: model } = await noted('load', load);
  await noted('warm-up', () => infer(model));
  for (;;) {
    await sleep(REST_MS);
    const { tookMs } = await noted('steady', () => infer(model));
    await sleep(Math.max(0, BEAT_MS - REST_MS - tookMs));
  }
}
