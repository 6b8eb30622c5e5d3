import { inertText } from '../../src/text/inertText.js';
import { lastPart } from '../../src/text/lastPart.js';
import { formatCount, formatMs, formatPlural, formatShare } from '../../src/view/format.js';
import { gpuApi } from '../activity/gpu/realm.js';
import type { Latency } from '../latency/latency.js';
import type { BrowserFacts } from '../machine/machine.js';
import { familyOf, gpu as gpuCauses, midSentence } from '../partition/causes/index.js';
import type { CauseTime, Partition } from '../partition/partition.js';
import type { CallSite, GpuCallRow, GpuDevice, GpuUse } from './gpuUse.js';

/** The parts of an analysis that sentences about a GPU rest on. */
export interface KnownOfGpu {
  readonly run: { readonly backend: string } | null;
  readonly gpu: GpuUse | null;
  readonly browser: Pick<BrowserFacts, 'gpu' | 'softwareRendering'> | null;
  readonly partition: Partition | null;
  readonly latency: Latency | null;
}

/** The device works in parallel to the page if it computes for this share longer than the page waits for it. */
const MIN_PARALLEL_SHARE = 0.1;

/** Which device ran, how long it computed in a prediction, how much was abstraction, and which line waited; one sentence each. */
export function gpuSentences(analysis: KnownOfGpu): string[] {
  const ran = gpuDevice(analysis);
  if (!ran || gpuStoodIdle(analysis)) return [];
  return [computedSentence(analysis, ran), abstractionSentence(analysis), waitSentence(analysis)].filter(
    (sentence) => sentence !== null,
  );
}

/** Function, file, line and column of a call. A long file name is cut in its middle, so that the line is kept. */
export function siteText(site: CallSite | null): string {
  if (!site) return 'a place that was not written down';
  const place = `${inertText(lastPart(site.script), 48)}:${site.line}:${site.column}`;
  return site.function ? `${inertText(site.function, 40)}, ${place}` : place;
}

/** The parts of the abstraction with their share: "encoding for the GPU 12.0 %, GPU round trips 3.1 %". */
export function partsText(parts: readonly CauseTime[], most: number): string {
  return parts
    .filter(({ share }) => share >= 0.0005)
    .slice(0, most)
    .map(({ title, share }) => `${midSentence(inertText(title, 40))} ${formatShare(share)}`)
    .join(', ');
}

function computedSentence(analysis: KnownOfGpu, { name, api, software, device }: RanOn): string {
  const kind = software === null ? '' : software ? ', software rendering without a GPU' : '';
  const where = `On ${name} (${api})${kind}: `;
  const known = computed(analysis);
  if (!known) {
    const why = analysis.gpu === null ? 'no log of its calls was kept' : 'the device told no times';
    return `${where}how long it computed is not known, since ${why}.`;
  }
  const { deviceMs, windowMs, share, passes } = known;
  const by =
    device?.timing === 'elapsed'
      ? 'as stretches of draws, pauses included'
      : `by timestamps of ${formatPlural(Math.round(passes), 'pass')}`;
  if (share === null) {
    return `${where}the device’s passes sum to ${formatMs(deviceMs)} in a traced prediction of ${formatMs(windowMs)} (means, ${by}): they overlap, or reach beyond it.`;
  }
  const execute = analysis.partition?.causes.find(({ id }) => id === gpuCauses.execute.id);
  const parallel =
    execute && share - execute.share > MIN_PARALLEL_SHARE
      ? ` The prediction waited for nothing else during ${formatShare(execute.share)} of its time; the rest of the computing lay beside other work.`
      : '';
  return `${where}the device computed for ${formatMs(deviceMs)} of a traced prediction’s ${formatMs(windowMs)}, ${formatShare(share)} (means, ${by}).${parallel}`;
}

function abstractionSentence({ partition }: Pick<KnownOfGpu, 'partition'>): string | null {
  const found = abstraction(partition?.causes);
  if (!found) return null;
  const parts = partsText(found.parts, 4);
  return `${formatShare(found.share)} of a prediction’s time is GPU abstraction${parts ? `: ${parts}` : ''}.`;
}

function waitSentence({ gpu }: Pick<KnownOfGpu, 'gpu'>): string | null {
  if (!gpu?.phases.predictions) return null;
  const wait = costliestWait(gpu);
  if (!wait) return gpu.dropped > 0 ? null : 'No call in predictions waited for an answer of the GPU.';
  const { call, site, perPrediction } = wait;
  const times = perPrediction.count > 1.5 ? ` in ${formatCount(perPrediction.count)} calls` : '';
  return `The costliest wait is ${inertText(call, 40)} at ${siteText(site)}: it ${isByPromise(call) ? 'waits' : 'blocks its thread'} for ${formatMs(perPrediction.ms)} of a prediction${times}.`;
}

/** What is known of the device of a GPU run. */
export interface RanOn {
  /** Short and inert: "SwiftShader", "NVIDIA GeForce RTX 4070". */
  readonly name: string;
  /** "WebGL", "WebGPU". */
  readonly api: string;
  /** Computed by the CPU, without a GPU; null where neither the page nor the browser reported it. */
  readonly software: boolean | null;
  /** As the API described it; null where only the browser's information is known. */
  readonly device: GpuDevice | null;
}

/**
 * The device that a GPU run used. If the page opened several, it is that of the backend's own API.
 * @returns null where the run did not ask for a GPU, and used none
 */
export function gpuDevice({ run, gpu, browser }: Pick<KnownOfGpu, 'run' | 'gpu' | 'browser'>): RanOn | null {
  const backend = run && gpuApi(run.backend) !== null ? run.backend : null;
  const device = gpu?.devices.find(({ api }) => api === backend) ?? gpu?.devices[0] ?? null;
  if (backend === null && !(gpu && calledAny(gpu))) return null;
  const api = apiName(device?.api ?? backend ?? '');
  if (device) return { name: deviceName(device), api, software: device.software, device };
  const reported = browser?.gpu ?? null;
  return {
    name: reported === null ? 'an unknown device' : shortName(reported),
    api,
    software: browser?.softwareRendering ?? null,
    device,
  };
}

/** A short name of the adapter. */
export function deviceName({ vendor, architecture, description }: GpuDevice): string {
  const words = [description, `${vendor} ${architecture}`.trim()].find((text) => text.trim() !== '');
  return shortName(words ?? 'an unnamed device');
}

/** "WebGL" or "WebGPU"; any other text as it is. */
export function apiName(api: string): string {
  return gpuApi(api) ?? inertText(api, 20);
}

/** "software rendering, no GPU" or "hardware". */
export function kindOfDevice(software: boolean | null): string {
  if (software === null) return 'software or hardware unknown';
  return software ? 'software rendering, no GPU' : 'hardware';
}

function calledAny({ phases }: GpuUse): boolean {
  return Object.values(phases).some((phase) => phase !== null && phase.submissions + phase.dispatches > 0);
}

/**
 * ANGLE writes "ANGLE (vendor, API version (device (id)), driver)"; only the device is shown.
 * https://chromium.googlesource.com/angle/angle/+/main/src/libANGLE/renderer/
 */
function shortName(description: string): string {
  const text = description.slice(0, 400);
  const software = /swiftshader|llvmpipe/i.exec(text)?.[0].toLowerCase();
  if (software) return software === 'llvmpipe' ? 'llvmpipe' : 'SwiftShader';
  const renderer = /^ANGLE \([^,]*, ([^,]*)/.exec(text)?.[1] ?? text;
  const inner = /^(?:Vulkan|OpenGL)[\w. ]*\((.*)\)$/.exec(renderer)?.[1] ?? renderer;
  return inertText(inner.replace(/ \(0x[0-9a-f]+\)/gi, '').replace(/^ANGLE Metal Renderer: /, ''), 60);
}

/** Causes between the page and the device: all GPU causes except execution on the device. */
const isAbstraction = ({ id }: CauseTime): boolean => familyOf(id) === 'gpu' && id !== gpuCauses.execute.id;

/** The share of a partition that is spent on getting work to the device and results back, and its parts, largest first. */
export interface Abstraction {
  readonly share: number;
  readonly parts: readonly CauseTime[];
}

/** @returns null where the partition has no GPU cause */
export function abstraction(causes: readonly CauseTime[] | null | undefined): Abstraction | null {
  if (!causes?.some(({ id }) => familyOf(id) === 'gpu')) return null;
  const parts = causes.filter(isAbstraction).sort((a, b) => b.share - a.share);
  return { share: parts.reduce((sum, { share }) => sum + share, 0), parts };
}

/** How long the device computed in a prediction under the trace; both are mean times, ms. */
export interface Computed {
  readonly deviceMs: number;
  readonly windowMs: number;
  /** Share of the window. Null where the passes sum to more than the window, since they overlap or extend beyond it. */
  readonly share: number | null;
  readonly passes: number;
}

/** @returns null where the device reported no times for predictions */
export function computed({ gpu, latency, partition }: Pick<KnownOfGpu, 'gpu' | 'latency' | 'partition'>): Computed | null {
  const phase = gpu?.phases.predictions;
  const traced = latency?.traced.prediction?.samplesMs ?? [];
  const windowMs = traced.length > 0 ? traced.reduce((sum, ms) => sum + ms, 0) / traced.length : partition?.windowMedianMs;
  if (!phase || phase.passes === 0 || !windowMs) return null;
  const share = phase.deviceMs / windowMs;
  return { deviceMs: phase.deviceMs, windowMs, share: share <= 1 ? share : null, passes: phase.passes };
}

/** Calls that return a promise: the script waits, but its thread can do other work. */
const BY_PROMISE = /^mapAsync|^queue\.onSubmittedWorkDone$|Async$/;

export const isByPromise = (call: string): boolean => BY_PROMISE.test(call);

/** The call and call site that cost predictions the most waiting time. @returns null where no call waits in predictions */
export function costliestWait({ calls }: GpuUse): GpuCallRow | null {
  const waits = calls.filter(({ kind, perPrediction }) => (kind === 'readback' || kind === 'roundTrip') && perPrediction.ms > 0);
  return [...waits].sort((a, b) => b.perPrediction.ms - a.perPrediction.ms)[0] ?? null;
}

/**
 * Whether a run that asked for a GPU gave it no work in its predictions. False where the log is truncated, since that may hide
 * work.
 */
export function gpuStoodIdle({ gpu, run }: Pick<KnownOfGpu, 'gpu' | 'run'>): boolean {
  const phase = gpu?.phases.predictions;
  const asked = !!run && gpuApi(run.backend) !== null;
  return asked && !!phase && phase.submissions + phase.dispatches === 0 && gpu?.dropped === 0;
}

/** Whether predictions gave the GPU work: then the time in Wasm is not what matters. */
export function isOnGpu({ gpu }: Pick<KnownOfGpu, 'gpu'>): boolean {
  const phase = gpu?.phases.predictions;
  return !!phase && phase.submissions + phase.dispatches > 0;
}
