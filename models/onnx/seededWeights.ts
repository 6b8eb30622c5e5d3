import { random } from '../../src/stats/random.js';
import { seedOf } from '../seedOf.js';

/**
 * Weights that keep the scale of activations through a layer with `fanIn` inputs: uniform in ±sqrt(6 / fanIn), as He et al.
 * (2015, https://arxiv.org/abs/1502.01852, eq. 10) derive for layers with ReLU. The same on every machine: only operations that
 * IEEE 754 rounds exactly.
 */
export function seededWeights(seed: number, name: string, count: number, fanIn: number): Float32Array<ArrayBuffer> {
  const next = random(seedOf(seed, name));
  const bound = Math.sqrt(6 / fanIn);
  const weights = new Float32Array(count);
  for (let i = 0; i < count; i++) weights[i] = (next() * 2 - 1) * bound;
  return weights;
}
