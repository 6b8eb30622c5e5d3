import type { GpuCallRow } from '../../analyzers/gpu/gpuUse.js';
import type { Analysis } from '../../analyzers/index.js';
import { inertText } from '../text/inertText.js';
import { formatBytes, formatCount, formatMs, formatPlural, formatShare } from '../view/format.js';
import { warmupAdvice } from './causeAdvice.js';
import { abstraction, computed, costliestWait, gpuDevice, gpuStoodIdle, isByPromise, siteText } from './gpuWords.js';

/** What costs less than this share of a prediction is not worth a step. */
const MIN_SHARE = 0.05;
/** From this share of a prediction on, the cost of getting work to the device is worth reducing. */
const MIN_ABSTRACTION_SHARE = 0.25;
const MIN_UPLOAD_BYTES = 1_000_000;

/** What to do next about a GPU run, each step with its measured amount; most useful first. */
export function gpuNextSteps(analysis: Analysis): readonly NextStep[] {
  return RULES.flatMap((rule) => rule(analysis) ?? []).map((text) => ({ text, command: null }));
}

type Rule = (analysis: Analysis) => string | readonly string[] | null;

const runOnGpu: Rule = (analysis) => {
  const ran = gpuDevice(analysis);
  if (!ran) return null;
  const why = 'Open chrome://gpu in this browser: it says why no GPU is used.';
  if (gpuStoodIdle(analysis)) return `No work reached the GPU in predictions. ${why}`;
  if (!ran.software) return null;
  const known = computed(analysis);
  const amount = known ? `, for ${formatMs(known.deviceMs)} of a prediction` : '';
  return `${ran.name} computes on the CPU${amount}: this machine has no GPU, or Chrome does not use it. ${why}`;
};

/** Applies where the costliest wait blocks its thread for at least MIN_SHARE of the prediction. */
const readAsynchronously: Rule = (analysis) => {
  const wait = analysis.gpu ? costliestWait(analysis.gpu) : null;
  if (!wait || isByPromise(wait.call) || wait.perPrediction.ms < MIN_SHARE * windowMs(analysis)) return null;
  const { call, site, perPrediction } = wait;
  return `${inertText(call, 40)} at ${siteText(site)} blocks its thread for ${formatMs(perPrediction.ms)} of a prediction: ask for results by promise, such as await tensor.data() or mapAsync, and only once.`;
};

const reduceReadbacks: Rule = ({ gpu }) => {
  const phase = gpu?.phases.predictions;
  if (!gpu || !phase) return null;
  const waits = phase.readbacks + phase.roundTrips;
  const mostOften = [...gpu.calls].filter(isWait).sort((a, b) => b.perPrediction.count - a.perPrediction.count)[0];
  // One wait for the output is needed, and frameworks may make it in two calls.
  if (waits <= 2 || !mostOften) return null;
  return `A prediction waits for the GPU ${formatCount(waits)} times (${formatMs(phase.readbackMs + phase.roundTripMs)}), most often in ${inertText(mostOften.call, 40)} at ${siteText(mostOften.site)}: leave results on the GPU until the last one, and read back once.`;
};

const compileOnce: Rule = ({ gpu }) => {
  if (!gpu) return null;
  const { inPredictions, repeated, count, rows } = gpu.programs;
  if (inPredictions > 0) {
    const ms = gpu.phases.predictions?.programMs ?? 0;
    const site = rows.find(({ predictions }) => predictions > 0)?.site ?? null;
    return `Shaders, programs or pipelines were made in ${formatPlural(inPredictions, 'call')} of the traced predictions (${formatMs(ms)} of each in the calls alone), such as at ${siteText(site)}: inputs of one shape let a framework reuse its programs; keep yours.`;
  }
  if (repeated === 0) return null;
  return `${formatCount(repeated)} of ${formatCount(count)} programs were made from a source that had been compiled before: keep the first.`;
};

const reduceUploads: Rule = (analysis) => {
  const phase = analysis.gpu?.phases.predictions;
  if (!phase || phase.uploads === 0) return null;
  const each = phase.uploadBytes / phase.uploads;
  if (phase.uploadMs < MIN_SHARE * windowMs(analysis) && phase.uploadBytes < MIN_UPLOAD_BYTES) return null;
  const amount = `${formatPlural(Math.round(phase.uploads), 'upload')} of ${formatBytes(phase.uploadBytes)} in all (${formatMs(phase.uploadMs)})`;
  return each < 4096 && phase.uploads > 16
    ? `A prediction makes ${amount}, ${formatBytes(each)} each at the mean: fewer, larger ones, or none where the values stay the same.`
    : `A prediction makes ${amount}: keep tensors that stay the same, or come from the GPU, on the GPU.`;
};

const reduceDispatches: Rule = ({ partition, gpu, run }) => {
  const found = abstraction(partition?.causes);
  const phase = gpu?.phases.predictions;
  if (!found || !phase || found.share < MIN_ABSTRACTION_SHARE) return null;
  // https://onnxruntime.ai/docs/tutorials/web/ep-webgpu.html
  const capture =
    run?.framework === 'ort' && run.backend === 'webgpu'
      ? ' With shapes that stay the same, and inputs and outputs in GPU buffers, ONNX Runtime can record them once (enableGraphCapture).'
      : '';
  return `Getting ${formatPlural(Math.round(phase.dispatches), 'dispatch')} to the device and their results back takes ${formatShare(found.share)} of a prediction: fewer, larger operators (fused, or batched) need fewer of them.${capture}`;
};

const RULES: readonly Rule[] = [
  runOnGpu,
  readAsynchronously,
  compileOnce,
  reduceReadbacks,
  reduceDispatches,
  warmupAdvice,
  reduceUploads,
];

function windowMs(analysis: Analysis): number {
  return analysis.partition?.windowMedianMs ?? computed(analysis)?.windowMs ?? Number.POSITIVE_INFINITY;
}

function isWait({ kind, perPrediction }: GpuCallRow): boolean {
  return (kind === 'readback' || kind === 'roundTrip') && perPrediction.count > 0;
}

/** One thing worth doing: why, and the command where there is one. */
export interface NextStep {
  readonly text: string;
  readonly command: string | null;
}
