import type { KernelProfile } from '../../src/bundle/kernelLog.js';
import type { Manifest } from '../../src/bundle/manifest.js';
import type { Trace } from '../../src/trace/trace.js';
import type { KernelSampling, OperatorFunctions } from '../analysis.js';
import { frameActivities } from '../frameActivities.js';
import type { WasmFrames } from '../wasmFrames.js';
import { functionsOf } from './functionsOf.js';
import { inOnnxTerms } from './inOnnxTerms.js';
import { operatorSamples } from './operatorSamples.js';
import { operatorSpans } from './operatorSpans.js';
import { operatorType } from './operatorType.js';
import { profileClock } from './profileClock.js';
import { runsOnHost } from './runsOnHost.js';

export interface KernelFunctions {
  readonly sampling: KernelSampling;
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
export function kernelFunctions(
  profile: KernelProfile,
  trace: Trace | null,
  { id, framework }: Pick<Manifest, 'id' | 'framework'>,
  framesOf: (trace: Trace) => WasmFrames,
): KernelFunctions | { readonly lack: string } {
  const { graph, nodes, runs } = profile;
  if (!nodes.every(runsOnHost)) {
    return { lack: 'they ran on a device, of which samples of threads do not tell' };
  }
  if (runs === null) return { lack: 'the profile is from before it said when each ran' };
  if (trace === null) return { lack: 'the profiling pass left no trace' };
  const clock = profileClock(trace, id, runs, framework?.crossOriginIsolated ?? false);
  if ('lack' in clock) return clock;
  const { functions } = framesOf(trace);
  const activities = frameActivities(trace, functions);
  const types = nodes.map((node) => operatorType(inOnnxTerms(node, graph)));
  const sampled = operatorSamples(trace, operatorSpans(profile, clock), clock, types, functions, activities);
  if (sampled.samples === 0) return { lack: 'the trace of the profiling pass has no CPU samples in their time' };
  return {
    sampling: { samples: sampled.samples, doubtful: sampled.doubtful, clockErrorMs: clock.errorUs / 1000 },
    operators: sampled.operators.map((tally) => functionsOf(tally, functions, activities)),
    types: new Map([...sampled.types].map(([type, tally]) => [type, functionsOf(tally, functions, activities)])),
  };
}
