import { random } from '../../src/stats/random.js';

/** Box and Muller's normal deviates, of mean 0 and deviation 1. */
export function normal(seed: number): () => number {
  const next = random(seed);
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}
