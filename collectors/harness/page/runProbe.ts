import { type ProbeKind, probe } from '../../probes/probeModules.js';
import type { HarnessReplies } from '../protocol.js';

/** Long enough for a timer of 5 µs, short enough to fit between two preemptions. */
const RUN_MS = 4;
const RUNS = 60;

/**
 * Runs a probe function on this thread. The fastest of many short runs counts: what slows a run down (other threads, baseline
 * code before V8 has optimized) is not due to the instruction set.
 */
export async function runProbe(kind: ProbeKind): Promise<HarnessReplies['probe']> {
  const { bytes, operationsPerIteration } = probe(kind);
  if (!WebAssembly.validate(bytes)) return { gigaflops: null };
  const { instance } = await WebAssembly.instantiate(bytes);
  const run = instance.exports.run as (iterations: number) => number;
  let iterations = 10_000;
  let best = 0;
  for (let i = 0; i < RUNS; i++) {
    const start = performance.now();
    run(iterations);
    const ms = performance.now() - start;
    if (ms < RUN_MS) iterations *= 2;
    else best = Math.max(best, (iterations * operationsPerIteration) / ms / 1e6);
  }
  return { gigaflops: best > 0 ? best : null };
}
