import type { Trace } from '../../src/trace/trace.js';
import { RunBuilder, wasm } from './buildRun.js';

/** A trace of the profiling pass of two predictions, at 0 and 100 ms: each 30 ms of scalar code and one of SIMD. */
export function profiledTrace(): Trace {
  const profiled = new RunBuilder();
  const worker = profiled.thread();
  for (const [i, startMs] of [0, 100].entries())
    worker
      .executes(wasm('scalar'), startMs, startMs + 30)
      .executes(wasm('simd128'), startMs + 30, startMs + 31)
      .measure(`inferscope:r1:profiled:${i}`, startMs, startMs + 31);
  return profiled.trace();
}
