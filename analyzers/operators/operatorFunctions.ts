import type { Manifest } from '../../src/bundle/manifest.js';
import type { OperatorProfile } from '../../src/bundle/operatorLog.js';
import type { Trace } from '../../src/trace/trace.js';
import { type Activity, stackActivities } from '../activity/callStacks.js';
import type { WasmFunctions } from '../activity/wasmFunctions.js';
import { inOnnxTerms } from './inOnnxTerms.js';
import { operatorKind } from './kind.js';
import { operatorType, runsOnHost } from './node.js';
import { type OperatorTally, operatorSamples, operatorSpans, profileClock } from './operatorSamples.js';

/**
 * The Wasm functions in which an operator, or all operators of a type, spend their time, from CPU samples taken while they ran.
 */
export interface OperatorFunctions {
  /** Samples on the operator's thread, and on other threads that computed in Wasm at the same time. */
  readonly samples: number;
  /** Largest first, 3 at most; null where there are too few samples, or where no function can be determined. */
  readonly functions: readonly OperatorFunction[] | null;
  /** Share of the samples in no Wasm function: in JavaScript, or in the browser itself; null as above. */
  readonly outsideWasm: number | null;
}

export interface OperatorFunction {
  /** `wasm-function[N]`, or its name. Untrusted text, as is the module. */
  readonly name: string;
  /** Index that counts imports; null where neither name nor module gives it. */
  readonly index: number | null;
  /** URL of its module. */
  readonly module: string;
  /** Null without the bytes of its module. */
  readonly cause: string | null;
  readonly samples: number;
  /** Share of all samples of the operator. */
  readonly share: number;
}

/** How reliably samples are assigned to operators. */
export interface OperatorSampling {
  /** Samples within the times of operators, on all threads that count. */
  readonly samples: number;
  /** Those that may belong to an operator of another type, because of the clock error: they are left out. */
  readonly doubtful: number;
  /** Error of the operators’ times on the clock of the samples, ±. */
  readonly clockErrorMs: number;
}

export interface FunctionsOfOperators {
  readonly sampling: OperatorSampling;
  /** One entry per operator, by its index in the profile. */
  readonly operators: readonly OperatorFunctions[];
  readonly types: ReadonlyMap<string, OperatorFunctions>;
  /** By what operators compute, see `operatorKind`. */
  readonly kinds: ReadonlyMap<string, OperatorFunctions>;
}

/**
 * The Wasm functions in which each operator, and each type, spends its time. Based on the CPU samples that were taken while it
 * ran, from the trace of the profiling pass.
 * @param framesOf joins the trace's frames to the modules that ran
 * @returns a sentence that says why, where it cannot be determined
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
  const inTerms = nodes.map((node) => inOnnxTerms(node, graph));
  const labels = { types: inTerms.map(operatorType), kinds: inTerms.map(operatorKind) };
  const sampled = operatorSamples(trace, operatorSpans(profile, clock), clock, labels, functions, activities);
  if (sampled.samples === 0) return { lack: 'the trace of the profiling pass has no CPU samples in their time' };
  const described = (tallies: ReadonlyMap<string, OperatorTally>): Map<string, OperatorFunctions> =>
    new Map([...tallies].map(([label, tally]) => [label, functionsOf(tally, functions, activities)]));
  return {
    sampling: { samples: sampled.samples, doubtful: sampled.doubtful, clockErrorMs: clock.errorUs / 1000 },
    operators: sampled.operators.map((tally) => functionsOf(tally, functions, activities)),
    types: described(sampled.types),
    kinds: described(sampled.kinds),
  };
}

const SHOWN = 3;
/** With fewer samples, the error of a share exceeds a tenth. */
const MIN_SAMPLES = 20;

/**
 * The Wasm functions in which an operator's samples were taken; none where there are too few samples. Frames of the same function
 * with different callers are merged.
 */
function functionsOf(
  { samples, frames }: OperatorTally,
  functions: WasmFunctions['functions'],
  activities: readonly Activity[],
): OperatorFunctions {
  if (samples < MIN_SAMPLES) return { samples, functions: null, outsideWasm: null };
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
