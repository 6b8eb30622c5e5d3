import { lastPart } from '../../../src/text/lastPart.js';
import { formatBytes, formatCount, formatMs, formatName, formatPlural, formatShare } from '../../../src/view/format.js';
import { isRuntime } from '../../activity/scripts.js';
import type { CallSite, GpuCallRow } from '../../gpu/gpuUse.js';
import { abstraction, computed, costliestWait, isByPromise, siteText } from '../../gpu/words.js';
import { gpu as gpuCauses } from '../../partition/causes/index.js';
import { amidText } from '../../placement/view.js';
import { type Framework, frameworkFiles, frameworkOf } from '../framework.js';
import type { Seen } from '../seen.js';
import { atMost, type Candidate, candidate, place, type StepPlace } from '../step.js';

/** What costs less than this share of a prediction is not worth a step. */
const MIN_SHARE = 0.05;
/** From this share of a prediction on, the cost of getting work to the device is worth reducing. */
const MIN_ABSTRACTION_SHARE = 0.25;
const MIN_UPLOAD_BYTES = 1_000_000;
/** Uploads that are smaller and more than this are made one by one. */
const SMALL_BYTES = 4096;
const MANY = 16;

/** What is asked of the GPU, and how often the page waits for it. */
export function gpuWorkSteps(seen: Seen): Candidate[] {
  return [...readByPromise(seen), ...programs(seen), ...readbacks(seen), ...dispatches(seen), ...uploads(seen)];
}

/**
 * A call that blocks its thread until the device has computed. The prediction becomes no shorter by a promise, and the thread is
 * free meanwhile. Inside a framework it is the framework's choice.
 */
function readByPromise(seen: Seen): Candidate[] {
  const wait = seen.gpu ? costliestWait(seen.gpu) : null;
  if (!wait || isByPromise(wait.call) || wait.perPrediction.ms < MIN_SHARE * windowMs(seen)) return [];
  const { call, site, perPrediction } = wait;
  const isOwn = isOfPage(seen, site);
  // On a worker that does nothing else, nobody misses a thread that a framework blocks.
  if (!isOwn && seen.run?.on !== 'main' && !seen.mainThread?.infers) return [];
  return [
    candidate({
      id: 'gpu.read-by-promise',
      title: `Read results by promise: ${formatName(call)} blocks its thread for ${formatMs(perPrediction.ms)} of a prediction`,
      saves: atMost('blocking', perPrediction.ms),
      basis: 'The thread is free meanwhile; the device computes as long as before, so the prediction becomes no shorter.',
      who: isOwn ? 'you' : 'framework',
      where: placesOf(site),
      code: readCode(isOwn ? null : frameworkOf(seen), seen.gpu?.devices[0]?.api ?? null),
      evidence: [`${formatName(call)} at ${siteText(site)}.`],
    }),
  ];
}

/** Of TF.js a page may choose how it reads; ONNX Runtime chooses itself. */
function readCode(framework: Framework | null, api: 'webgpu' | 'webgl' | null): string | null {
  if (framework === 'tfjs') return 'const values = await tensor.data(); // and not dataSync()';
  if (framework !== null) return null;
  return api === 'webgl'
    ? 'Read into a PIXEL_PACK_BUFFER, and get it after a fenceSync() has signalled.'
    : 'await buffer.mapAsync(GPUMapMode.READ);';
}

/** Time of a prediction that the GPU process takes for something, beside what the page’s calls for it take. */
const inGpuProcessMs = ({ partition }: Seen, cause: { readonly id: string }): number =>
  partition?.causes.find(({ id }) => id === cause.id)?.ms ?? 0;

function programs(seen: Seen): Candidate[] {
  const { gpu } = seen;
  if (!gpu) return [];
  const { inPredictions, repeated, count, rows } = gpu.programs;
  if (inPredictions > 0) {
    const site = rows.find(({ predictions }) => predictions > 0)?.site ?? null;
    return [
      candidate({
        id: 'gpu.programs',
        title: `Keep shaders and pipelines: ${formatPlural(inPredictions, 'call')} of the traced predictions made some anew`,
        saves: atMost('prediction', (gpu.phases.predictions?.programMs ?? 0) + inGpuProcessMs(seen, gpuCauses.compile)),
        basis:
          'The time in those calls, and all that a prediction waits for compiling in the GPU process. Inputs of one shape let a framework reuse its programs.',
        who: isOfPage(seen, site) ? 'you' : 'framework',
        where: placesOf(site),
        evidence: site ? [`Such as at ${siteText(site)}.`] : [],
      }),
    ];
  }
  const ms = rows.reduce((sum, row) => sum + (row.count > 1 ? (row.ms * (row.count - 1)) / row.count : 0), 0);
  if (repeated === 0 || ms < MIN_SHARE * (seen.latency?.warmupMs ?? 0)) return [];
  const compilingMs = seen.partition?.warmup?.find(({ id }) => id === gpuCauses.compile.id)?.ms ?? 0;
  return [
    candidate({
      id: 'gpu.programs-once',
      title: `Keep the first of equal programs: ${formatCount(repeated)} of ${formatCount(count)} were made from a source that had been compiled before`,
      saves: atMost('warm-up', ms + compilingMs),
      basis:
        'The time of the calls that repeat one, and all that the traced warm-up waits for compiling in the GPU process; none of them is in predictions.',
      who: 'framework',
    }),
  ];
}

function readbacks(seen: Seen): Candidate[] {
  const phase = seen.gpu?.phases.predictions;
  if (!seen.gpu || !phase) return [];
  const waits = phase.readbacks + phase.roundTrips;
  const mostOften = [...seen.gpu.calls].filter(isWait).sort((a, b) => b.perPrediction.count - a.perPrediction.count)[0];
  // One wait for the output is needed, and frameworks may make it in two calls.
  if (waits <= 2 || !mostOften || areCopiesOfFallbacks(seen)) return [];
  const waitedMs = phase.readbackMs + phase.roundTripMs;
  return [
    candidate({
      id: 'gpu.read-once',
      title: `Leave results on the GPU until the last one, and read back once: a prediction waits for it ${formatCount(waits)} times`,
      saves: atMost('prediction', (waitedMs * (waits - 1)) / waits),
      basis: `The waits take ${formatMs(waitedMs)}, and one of them is needed. What the device computes meanwhile it would still compute.`,
      who: isOfPage(seen, mostOften.site) ? 'you' : 'framework',
      where: placesOf(mostOften.site),
      evidence: [`Most often in ${formatName(mostOften.call)} at ${siteText(mostOften.site)}.`, ...amidEvidence(seen)],
    }),
  ];
}

/** Then a step on the operators that the backend lacks says it, with its cause. */
function areCopiesOfFallbacks({ fallbacks, readBacksAmid }: Seen): boolean {
  const copies = fallbacks?.copies?.toHost ?? 0;
  return fallbacks !== null && fallbacks.lacking > 0 && copies > 0 && readBacksAmid !== null && copies >= readBacksAmid.count;
}

/** What interrupts inferences, as far as the scripts tell whose read-backs these are. */
function amidEvidence(seen: Seen): string[] {
  const amid = seen.readBacksAmid;
  if (!amid || amid.count < 1) return [];
  const framework = frameworkOf(seen);
  const isFrameworks = amid.sites.every(({ site }) => site !== null && framework !== null && isFileOf(framework, site.script));
  const why =
    isFrameworks && framework === 'ort'
      ? ' ONNX Runtime does so for operators that its GPU backend has no kernel for, or where one model takes what another has put out.'
      : isFrameworks && framework === 'tfjs'
        ? ' TensorFlow.js does so for kernels that compute in JavaScript, or where one model takes what another has put out.'
        : '';
  return [`${capital(amidText(amid))}: more work for the GPU follows.${why}`];
}

const isFileOf = (framework: Framework, script: string): boolean =>
  frameworkFiles[framework].test(lastPart(script.replace(/[?#].*$/, '')));

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function dispatches({ partition, gpu, run }: Seen): Candidate[] {
  const found = abstraction(partition?.causes);
  const phase = gpu?.phases.predictions;
  if (!found || !phase || !partition || found.share < MIN_ABSTRACTION_SHARE) return [];
  const isOrtWebGpu = run?.framework === 'ort' && run.backend === 'webgpu';
  return [
    candidate({
      id: 'gpu.dispatches',
      title: `Ask less often of the GPU: fewer, larger operators (fused, or batched) than ${formatPlural(Math.round(phase.dispatches), 'dispatch')}`,
      saves: atMost('prediction', found.share * partition.typical.ms),
      basis: `Getting them to the device and their results back takes ${formatShare(found.share)} of a prediction, which nothing but computing everything elsewhere would save whole.`,
      who: isOrtWebGpu ? 'you' : 'framework',
      // https://onnxruntime.ai/docs/tutorials/web/ep-webgpu.html
      code: isOrtWebGpu
        ? "const session = await ort.InferenceSession.create(modelUrl, { executionProviders: ['webgpu'], enableGraphCapture: true });\n// with shapes that stay the same, and inputs and outputs in GPU buffers"
        : null,
      evidence: found.parts.slice(0, 4).map(({ title, share }) => `${title} ${formatShare(share)}.`),
    }),
  ];
}

function uploads(seen: Seen): Candidate[] {
  const phase = seen.gpu?.phases.predictions;
  if (!phase || phase.uploads === 0) return [];
  const each = phase.uploadBytes / phase.uploads;
  if (phase.uploadMs < MIN_SHARE * windowMs(seen) && phase.uploadBytes < MIN_UPLOAD_BYTES) return [];
  const areSmall = each < SMALL_BYTES && phase.uploads > MANY;
  const count = formatPlural(Math.round(phase.uploads), 'upload');
  const copyingMs = phase.uploadMs + inGpuProcessMs(seen, gpuCauses.transfer);
  return [
    candidate({
      id: 'gpu.uploads',
      title: areSmall
        ? `Make fewer, larger uploads than ${count} of ${formatBytes(each)} each, or none where values stay the same`
        : `Keep tensors that stay the same, or come from the GPU, on it: a prediction makes ${count} of ${formatBytes(phase.uploadBytes)}`,
      // Dawn takes up data with the commands, so that its slices do not part the two.
      saves: atMost('prediction', copyingMs + inGpuProcessMs(seen, gpuCauses.validate)),
      basis:
        'The time in calls that upload, and all that a prediction waits for data and commands in the GPU process, which takes up both together.',
      meanMs: copyingMs,
      who: 'you',
    }),
  ];
}

const placesOf = (site: CallSite | null): StepPlace[] =>
  site ? [place({ function: site.function, script: site.script, line: site.line })] : [];

/** Whether a call is the page's own: not in a run of ours, and not of a script that is named as the framework's. */
function isOfPage({ run, glue }: Seen, site: CallSite | null): boolean {
  if (run || !site) return false;
  // Scripts of runtime.glue are the framework's.
  const isFramework = glue?.scripts.some(({ script }) => script !== null && lastPart(script) === lastPart(site.script)) ?? false;
  return !isFramework && !isRuntime(site.script);
}

function isWait({ kind, perPrediction }: GpuCallRow): boolean {
  return (kind === 'readback' || kind === 'roundTrip') && perPrediction.count > 0;
}

function windowMs(seen: Seen): number {
  return seen.partition?.typical.ms ?? computed(seen)?.windowMs ?? Number.POSITIVE_INFINITY;
}
