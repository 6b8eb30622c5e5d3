import type { Predict } from './timingRounds.js';

/** V8 replaces baseline code in about so many, and the last of what is compiled lazily comes. */
const MOST = 15;
/** The second still makes what the first had no use for. */
const LEAST = 2;

/** What a process may take before its predictions count. */
export const SETTLING_MS = 1000;

/**
 * Predictions between the warm-up and those that count, while code is still being compiled and caches fill: until there are enough or, where
 * each takes long, the limit has passed.
 * @param limitMs after which none but the least is begun
 * @returns their latencies, ms
 */
export async function settle(predict: Predict, limitMs: number): Promise<number[]> {
  const endMs = performance.now() + limitMs;
  const tookMs: number[] = [];
  while (tookMs.length < LEAST || (tookMs.length < MOST && performance.now() < endMs)) tookMs.push(...(await predict(1)));
  return tookMs;
}
