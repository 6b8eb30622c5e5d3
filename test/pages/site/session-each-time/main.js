// Frees the memory of a model after each inference, by creating its session anew.

import { tell } from '../tell.js';
import { textDetector } from '../textDetector.js';

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function noted(phase, action) {
  const startMs = performance.timeOrigin + performance.now();
  const value = await action();
  tell({ phase, startMs, endMs: performance.timeOrigin + performance.now() });
  return value;
}

for (;;) {
  const model = await noted('create', textDetector.load);
  await noted('run', () => textDetector.infer(model));
  await model.release();
  await sleep(60);
}
