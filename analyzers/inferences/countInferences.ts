import type { GpuRealm } from '../../src/bundle/gpuLog.js';
import type { WasmRealm } from '../../src/bundle/wasmLog.js';
import type { OnTrace } from '../onTrace.js';
import { callSeries } from './callSeries.js';
import { gpuReadbacks } from './gpuReadbacks.js';
import { seriesLengthUs } from './seriesLengthUs.js';

/**
 * How many inferences a page has made so far, by what hooks wrote down and before there is a trace: those of the series that takes the most time. The
 * first ones are among them.
 */
export function countInferences(wasm: readonly WasmRealm[], gpu: readonly GpuRealm[]): number {
  const series = [...wasm.flatMap((log) => callSeries(byItself(log)) ?? []), ...gpuReadbacks({ gpuRealms: gpu.map(byItself) })];
  const [longest] = series.sort((a, b) => seriesLengthUs(b) - seriesLengthUs(a));
  return longest?.spans.length ?? 0;
}

/** On its own clock, of a thread that nothing is asked about. */
const byItself = <Log>(log: Log): OnTrace<Log> => ({ log, thread: 0, toTraceUs: (ms) => ms * 1000 });
