import type { Analysis, CauseTime, GpuCallRow, GpuUse } from '../../analyzers/analysis.js';
import { gpuApi } from '../../analyzers/gpu/gpuApi.js';

/** Causes that stand between the page and the device; `gpu.execute` is the device itself. */
export const ABSTRACTION = ['gpu.encode', 'gpu.ipc', 'gpu.validate', 'gpu.compile', 'gpu.sync', 'gpu.transfer'] as const;

/** The share of a partition that goes to getting work to the device and results back, and of what it is made, largest first. */
export interface Abstraction {
  readonly share: number;
  readonly parts: readonly CauseTime[];
}

/** @returns null where the partition holds no cause of the GPU, so that nothing can be said */
export function abstraction(causes: readonly CauseTime[] | null | undefined): Abstraction | null {
  if (!causes?.some(({ id }) => id.startsWith('gpu.'))) return null;
  const parts = causes.filter(({ id }) => ABSTRACTION.some((each) => each === id)).sort((a, b) => b.share - a.share);
  return { share: parts.reduce((sum, { share }) => sum + share, 0), parts };
}

/** How long the device computed of a prediction under the trace; both are means, in milliseconds. */
export interface Computed {
  readonly deviceMs: number;
  readonly windowMs: number;
  /** Of the window; null where the passes sum to more than it, since they overlap or reach beyond it. */
  readonly share: number | null;
  readonly passes: number;
}

/** @returns null where the device told no times of a prediction */
export function computed({ gpu, latency, partition }: Analysis): Computed | null {
  const phase = gpu?.phases.predictions;
  const traced = latency?.traced.prediction?.samplesMs ?? [];
  const windowMs = traced.length > 0 ? traced.reduce((sum, ms) => sum + ms, 0) / traced.length : partition?.windowMedianMs;
  if (!phase || phase.passes === 0 || !windowMs) return null;
  const share = phase.deviceMs / windowMs;
  return { deviceMs: phase.deviceMs, windowMs, share: share <= 1 ? share : null, passes: phase.passes };
}

/** Calls that are answered by promise: the script waits, and its thread can do other things. */
const BY_PROMISE = /^mapAsync|^queue\.onSubmittedWorkDone$|Async$/;

export const isByPromise = (call: string): boolean => BY_PROMISE.test(call);

/** The call and place in a script that cost predictions most waiting for an answer. @returns null where none waits in predictions */
export function costliestWait({ calls }: GpuUse): GpuCallRow | null {
  const waits = calls.filter(({ kind, perPrediction }) => (kind === 'readback' || kind === 'roundTrip') && perPrediction.ms > 0);
  return [...waits].sort((a, b) => b.perPrediction.ms - a.perPrediction.ms)[0] ?? null;
}

/** Whether a run that asked for a GPU handed it nothing in its predictions; false where the log is cut and may hide it. */
export function gpuStoodIdle({ gpu, run }: Analysis): boolean {
  const phase = gpu?.phases.predictions;
  const asked = !!run && gpuApi(run.backend) !== null;
  return asked && !!phase && phase.submissions + phase.dispatches === 0 && gpu?.dropped === 0;
}

/** Whether the GPU was handed work in predictions: then what Wasm did is beside the point. */
export function isOnGpu({ gpu }: Analysis): boolean {
  const phase = gpu?.phases.predictions;
  return !!phase && phase.submissions + phase.dispatches > 0;
}
