import type { OperatorFunction, OperatorFunctions } from '../analysis.js';
import type { Activity } from '../frameActivities.js';
import type { WasmFrames } from '../wasmFrames.js';
import type { OperatorTally } from './operatorSamples.js';

const SHOWN = 3;
/** A share of fewer is known to no better than a tenth. */
const LEAST_SAMPLES = 20;

/** The Wasm functions in which the samples of an operator were taken; none of too few. The same function called from elsewhere is one. */
export function functionsOf(
  { samples, frames }: OperatorTally,
  functions: WasmFrames['functions'],
  activities: readonly Activity[],
): OperatorFunctions {
  if (samples < LEAST_SAMPLES) return { samples, functions: null, outsideWasm: null };
  const found = new Map<string, OperatorFunction>();
  let inWasm = 0;
  for (const [frame, count] of frames) {
    const sampled = functions[frame];
    if (!sampled) continue;
    inWasm += count;
    const { name, index, url, module, code } = sampled;
    const key = `${index} ${name} ${url}`;
    const inAll = (found.get(key)?.samples ?? 0) + count;
    const cause = code ? (activities[frame] ?? null) : null;
    found.set(key, { name, index, module: module?.url ?? url, cause, samples: inAll, share: inAll / samples });
  }
  const most = [...found.values()].sort((a, b) => b.samples - a.samples || (a.index ?? 0) - (b.index ?? 0));
  return { samples, functions: most.slice(0, SHOWN), outsideWasm: 1 - inWasm / samples };
}
