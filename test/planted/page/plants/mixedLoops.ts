import { ITERATIONS, MIXED_URL } from '../../../wasm/mixedModule.js';
import { type CreatePlant, clocked } from '../plant.js';

/** Calls of a prediction, each a fraction of a millisecond: V8 swaps in optimized code only when a function is called anew. */
const CALLS = 200;
/** Passes over the arrays in the scalar loop, where that has all iterations; the vector loop's are shorter. */
const PASSES = 100;
/** Enough calls for V8 to have optimized the function, and to time each loop alone. */
const ALONE = 600;

/**
 * A function with a vector and a scalar loop. The amount is the part of all iterations that the scalar loop has, in percent.
 * @returns what this thread's clock says of it: the part of the time that the scalar loop has by what each loop takes alone, in percent
 */
export const mixedLoops: CreatePlant = async (_base, { amountMs: scalarPercent }) => {
  const { instance } = await WebAssembly.instantiateStreaming(fetch(MIXED_URL));
  const run = instance.exports.run as (vectorPasses: number, scalarPasses: number) => void;
  const scalarPasses = (PASSES * scalarPercent) / 100;
  const vectorPasses = (PASSES - scalarPasses) * (ITERATIONS.scalar / ITERATIONS.vector);
  const times: { vector: number[]; scalar: number[] } = { vector: [], scalar: [] };
  for (let call = 0; call < ALONE; call++) {
    times.vector.push(clocked(() => run(vectorPasses, 0)));
    times.scalar.push(clocked(() => run(0, scalarPasses)));
  }
  const [vectorMs, scalarMs] = [usual(times.vector), usual(times.scalar)];
  return () => {
    for (let call = 0; call < CALLS; call++) run(vectorPasses, scalarPasses);
    return (100 * scalarMs) / (scalarMs + vectorMs);
  };
};

/** A quarter of the later calls were faster: what other programs take is not the loop's. */
function usual(ms: readonly number[]): number {
  const later = ms.slice(ms.length / 2).sort((a, b) => a - b);
  return later[later.length >> 2]!;
}
