import type { Manifest } from '../../src/bundle/manifest.js';
import type { OperatorProfile } from '../../src/bundle/operatorLog.js';
import type { Trace } from '../../src/trace/trace.js';
import { type Activity, stackActivities } from '../activity/callStacks.js';
import type { WasmFunctions } from '../activity/wasmFunctions.js';
import { inOnnxTerms } from './inOnnxTerms.js';
import { operatorType, runsOnHost } from './node.js';
import { type OperatorTally, operatorSamples, operatorSpans, profileClock } from './operatorSamples.js';

/** In which Wasm functions the time of an operator is, or of all of a type, by CPU samples that were taken while it ran. */
export interface OperatorFunctions {
  /** On the thread that ran it, and on others that computed in Wasm meanwhile. */
  readonly samples: number;
  /** Most first, 3 at most; null where there are too few samples, or it cannot be told at all. */
  readonly functions: readonly OperatorFunction[] | null;
  /** Share of the samples that is in no Wasm function: in JavaScript, or in the browser itself; null as above. */
  readonly outsideWasm: number | null;
}

export interface OperatorFunction {
  /** `wasm-function[N]`, or its name. Untrusted text, as is the module. */
  readonly name: string;
  /** Imports counted; null where neither name nor module gives it. */
  readonly index: number | null;
  /** URL of its module. */
  readonly module: string;
  /** Null without the bytes of its module. */
  readonly cause: string | null;
  readonly samples: number;
  /** Of all samples of the operator. */
  readonly share: number;
}

/** How well it is known which functions the operators’ time is in. */
export interface OperatorSampling {
  /** In the time of operators, on all threads that count. */
  readonly samples: number;
  /** Of them, those that may be of an operator of another type, by the clocks’ error: they are left out. */
  readonly doubtful: number;
  /** Of the operators’ times on the clock of the samples, either way. */
  readonly clockErrorMs: number;
}

export interface FunctionsOfOperators {
  readonly sampling: OperatorSampling;
  /** Of the operators, by their place in the profile. */
  readonly operators: readonly OperatorFunctions[];
  readonly types: ReadonlyMap<string, OperatorFunctions>;
}

/**
 * In which Wasm functions the time of each operator is, and of each type: by the CPU samples that were taken while it ran, as the trace of the
 * profiling pass has them.
 * @param framesOf joins the trace's frames to the modules that ran
 * @returns why it cannot be told, in words, where it cannot
 */
export function operatorFunctions(
  profile: OperatorProfile,
  trace: Trace | null,
  { id, framework }: Pick<Manifest, 'id' | 'framework'>,
  framesOf: (trace: Trace) => WasmFunctions,
): FunctionsOfOperators | { readonly lack: string } {
  const { graph, nodes, runs } = profile;
  if (!nodes.every(runsOnHost)) {
    return { lack: 'they ran on a device, of which samples of threads do not tell' };
  }
  if (runs === null) return { lack: 'the profile is from before it said when each ran' };
  if (trace === null) return { lack: 'the profiling pass left no trace' };
  const clock = profileClock(trace, id, runs, framework?.crossOriginIsolated ?? false);
  if ('lack' in clock) return clock;
  const { functions } = framesOf(trace);
  const activities = stackActivities(trace, functions);
  const types = nodes.map((node) => operatorType(inOnnxTerms(node, graph)));
  const sampled = operatorSamples(trace, operatorSpans(profile, clock), clock, types, functions, activities);
  if (sampled.samples === 0) return { lack: 'the trace of the profiling pass has no CPU samples in their time' };
  return {
    sampling: { samples: sampled.samples, doubtful: sampled.doubtful, clockErrorMs: clock.errorUs / 1000 },
    operators: sampled.operators.map((tally) => functionsOf(tally, functions, activities)),
    types: new Map([...sampled.types].map(([type, tally]) => [type, functionsOf(tally, functions, activities)])),
  };
}

const SHOWN = 3;
/** A share of fewer is known to no better than a tenth. */
const LEAST_SAMPLES = 20;

/** The Wasm functions in which the samples of an operator were taken; none of too few. The same function called from elsewhere is one. */
function functionsOf(
  { samples, frames }: OperatorTally,
  functions: WasmFunctions['functions'],
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
