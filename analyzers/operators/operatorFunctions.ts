import type { Manifest } from '../../src/bundle/manifest.js';
import type { OperatorProfile } from '../../src/bundle/operatorLog.js';
import type { Trace } from '../../src/trace/trace.js';
import { fractionsOf } from '../../src/wasm/mix.js';
import { type Activity, stackActivities } from '../activity/callStacks.js';
import type { WasmFunctions } from '../activity/wasmFunctions.js';
import { inOnnxTerms } from './inOnnxTerms.js';
import { type OperatorKind, operatorKind } from './kind.js';
import { operatorType, runsOnHost } from './node.js';
import { type OperatorSamples, type OperatorTally, operatorSamples, operatorSpans, profileClock } from './operatorSamples.js';

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
  /**
   * Float operations that its functions execute for it in a prediction: what each of them was counted to execute in all, in proportion to its
   * samples here. Null as above, and where what its functions execute was not counted.
   */
  readonly executedFlops: number | null;
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
  /** Fractions of the instructions that it executed, or of its innermost loops where that was not counted, by class; they sum to 1. Null without the bytes of its module. */
  readonly mix: Readonly<Record<string, number>> | null;
  readonly samples: number;
  /** Share of all samples of the operator. */
  readonly share: number;
}

/** The operators whose time a Wasm function is in: the same samples, by function. */
export interface FunctionOperators extends Omit<OperatorFunction, 'share'> {
  /** What those operators compute, largest first. */
  readonly kinds: readonly { readonly kind: OperatorKind; readonly samples: number; readonly share: number }[];
  /** The operators with the most samples in it, 5 at most. Names are untrusted text. */
  readonly operators: readonly { readonly name: string; readonly samples: number }[];
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
  readonly kinds: ReadonlyMap<OperatorKind, OperatorFunctions>;
  /** Wasm functions with enough samples, the one with most of them first. */
  readonly functions: readonly FunctionOperators[];
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
  const described = <Label>(tallies: ReadonlyMap<Label, OperatorTally>): Map<Label, OperatorFunctions> => {
    const all = samplesByFunction(tallies.values(), functions);
    return new Map([...tallies].map(([label, tally]) => [label, functionsOf(tally, all, functions, activities)]));
  };
  const ofOperators = samplesByFunction(sampled.operators, functions);
  const names = nodes.map(({ name }) => name);
  return {
    sampling: { samples: sampled.samples, doubtful: sampled.doubtful, clockErrorMs: clock.errorUs / 1000 },
    operators: sampled.operators.map((tally) => functionsOf(tally, ofOperators, functions, activities)),
    types: described(sampled.types),
    kinds: described(sampled.kinds),
    functions: operatorsOf(sampled, names, functions, activities),
  };
}

const SHOWN = 3;
const FUNCTIONS_SHOWN = 20;
const OPERATORS_SHOWN = 5;
/** With fewer, a function may be of any operator. */
const MIN_FUNCTION_SAMPLES = 5;
/** With fewer samples, the error of a share exceeds a tenth. */
export const MIN_SAMPLES = 20;

/** Samples of functions that were not counted may be so many of an operator's for its float operations to be known. */
const MAX_UNCOUNTED = 0.05;

type SamplesByFunction = ReadonlyMap<Sampled, number>;

function samplesByFunction(tallies: Iterable<OperatorTally>, functions: WasmFunctions['functions']): SamplesByFunction {
  const all = new Map<Sampled, number>();
  for (const { frames } of tallies) {
    for (const [frame, count] of frames) {
      const sampled = functions[frame];
      if (sampled) all.set(sampled, (all.get(sampled) ?? 0) + count);
    }
  }
  return all;
}

function executedFlops(
  { samples, frames }: OperatorTally,
  all: SamplesByFunction,
  functions: WasmFunctions['functions'],
): number | null {
  let [flops, uncounted, inWasm] = [0, 0, 0];
  for (const [frame, count] of frames) {
    const sampled = functions[frame];
    if (!sampled) continue;
    inWasm += count;
    const floats = sampled.executed?.floats;
    if (floats) flops += ((floats.scalar + floats.vector) * count) / all.get(sampled)!;
    else uncounted += count;
  }
  return inWasm === 0 || uncounted > MAX_UNCOUNTED * samples ? null : flops;
}

/**
 * The Wasm functions in which an operator's samples were taken; none where there are too few samples. Frames of the same function
 * with different callers are merged.
 * @param all samples of each function, of all operators
 */
function functionsOf(
  tally: OperatorTally,
  all: SamplesByFunction,
  functions: WasmFunctions['functions'],
  activities: readonly Activity[],
): OperatorFunctions {
  const { samples, frames } = tally;
  if (samples < MIN_SAMPLES) return { samples, functions: null, outsideWasm: null, executedFlops: null };
  const found = new Map<string, OperatorFunction>();
  let inWasm = 0;
  for (const [frame, count] of frames) {
    const sampled = functions[frame];
    if (!sampled) continue;
    inWasm += count;
    const key = keyOf(sampled);
    const inAll = (found.get(key)?.samples ?? 0) + count;
    found.set(key, { ...described(sampled, activities[frame]), samples: inAll, share: inAll / samples });
  }
  return {
    samples,
    functions: [...found.values()].sort(mostFirst).slice(0, SHOWN),
    outsideWasm: 1 - inWasm / samples,
    executedFlops: executedFlops(tally, all, functions),
  };
}

type Sampled = NonNullable<WasmFunctions['functions'][number]>;

/** The same function with another caller has another frame. */
const keyOf = ({ index, name, url }: Sampled): string => `${index} ${name} ${url}`;

const described = ({ name, index, url, module, code, executed }: Sampled, activity: Activity | undefined) => ({
  name,
  index,
  module: module?.url ?? url,
  cause: code ? (activity ?? null) : null,
  mix: code && fractionsOf(executed?.mix ?? code.hot),
});

const mostFirst = (a: Counted, b: Counted): number => b.samples - a.samples || (a.index ?? 0) - (b.index ?? 0);

interface Counted {
  readonly samples: number;
  readonly index?: number | null;
}

/** The other way round: of each Wasm function the operators during which its samples were taken. */
function operatorsOf(
  sampled: OperatorSamples,
  names: readonly string[],
  functions: WasmFunctions['functions'],
  activities: readonly Activity[],
): FunctionOperators[] {
  const found = new Map<
    string,
    { fn: Sampled; activity: Activity | undefined; kinds: Counts<OperatorKind>; nodes: Counts<number> }
  >();
  const count = <Key>(tallies: Iterable<readonly [Key, OperatorTally]>, of: 'kinds' | 'nodes'): void => {
    for (const [key, { frames }] of tallies) {
      for (const [frame, samples] of frames) {
        const fn = functions[frame];
        if (!fn) continue;
        const known = found.get(keyOf(fn)) ?? { fn, activity: activities[frame], kinds: new Map(), nodes: new Map() };
        found.set(keyOf(fn), known);
        const counts = known[of] as Counts<unknown>;
        counts.set(key, (counts.get(key) ?? 0) + samples);
      }
    }
  };
  count(sampled.kinds, 'kinds');
  count(sampled.operators.entries(), 'nodes');
  return [...found.values()]
    .map(({ fn, activity, kinds, nodes }): FunctionOperators => {
      const samples = [...kinds.values()].reduce((sum, each) => sum + each, 0);
      return {
        ...described(fn, activity),
        samples,
        kinds: ordered(kinds).map(([kind, own]) => ({ kind, samples: own, share: own / samples })),
        operators: ordered(nodes)
          .slice(0, OPERATORS_SHOWN)
          .map(([node, own]) => ({ name: names[node]!, samples: own })),
      };
    })
    .filter(({ samples }) => samples >= MIN_FUNCTION_SAMPLES)
    .sort(mostFirst)
    .slice(0, FUNCTIONS_SHOWN);
}

type Counts<Key> = Map<Key, number>;

const ordered = <Key>(counts: Counts<Key>): [Key, number][] => [...counts].sort(([, a], [, b]) => b - a);
