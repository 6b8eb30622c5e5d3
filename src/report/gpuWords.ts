import type { Analysis, CallSite, CauseTime } from '../../analyzers/analysis.js';
import { inertText } from '../text/inertText.js';
import { formatCount, formatMs, formatPlural, formatShare } from './format.js';
import { gpuDevice, type RanOn } from './gpuDevice.js';
import { abstraction, computed, costliestWait, gpuStoodIdle, isByPromise } from './gpuFigures.js';

/** A device that computes that much longer than it is waited for works beside the page. */
const MUCH_BESIDE = 0.1;

/** Which device ran, how much of a prediction it computed, what was abstraction, and which line waited: a sentence each. */
export function gpuSentences(analysis: Analysis): string[] {
  const ran = gpuDevice(analysis);
  if (!ran || gpuStoodIdle(analysis)) return [];
  return [computedSentence(analysis, ran), abstractionSentence(analysis), waitSentence(analysis)].filter(
    (sentence) => sentence !== null,
  );
}

/** What must not be overlooked of a GPU run. */
export function gpuAlarms(analysis: Analysis): string[] {
  const list: string[] = [];
  const ran = gpuDevice(analysis);
  if (ran && gpuStoodIdle(analysis)) {
    list.push(
      `${ran.api} was asked for, but the page handed the GPU no work in predictions: the GPU did not run, and the latency is that of something else.`,
    );
  }
  const losses = analysis.gpu?.losses ?? [];
  if (losses.length > 0) {
    list.push(
      `The GPU was lost ${formatPlural(losses.length, 'time')} (${inertText(losses[0], 120)}): numbers after that are not of it.`,
    );
  }
  return list;
}

/** Function, file, line and column of a call; cut in the middle of the file’s name, not at its line. */
export function siteText(site: CallSite | null): string {
  if (!site) return 'a place that was not written down';
  const place = `${inertText(fileName(site.script), 48)}:${site.line}:${site.column}`;
  return site.function ? `${inertText(site.function, 40)}, ${place}` : place;
}

/** The parts of the abstraction with their share: "encode 12.0 %, sync 3.1 %". */
export function partsText(parts: readonly CauseTime[], most: number): string {
  return parts
    .filter(({ share }) => share >= 0.0005)
    .slice(0, most)
    .map(({ id, share }) => `${inertText(id.replace(/^gpu\./, ''), 20)} ${formatShare(share)}`)
    .join(', ');
}

/** How the device’s time is known. */
export function timingText(timing: string): string {
  if (timing === 'timestamps') return 'timestamps of each pass';
  if (timing === 'elapsed') return 'length of stretches of draws, pauses between them included';
  return 'not told';
}

function computedSentence(analysis: Analysis, { name, api, software, device }: RanOn): string {
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
  const execute = analysis.partition?.causes.find(({ id }) => id === 'gpu.execute');
  const beside =
    execute && share - execute.share > MUCH_BESIDE
      ? ` The prediction waited for nothing else during ${formatShare(execute.share)} of its time (gpu.execute); the rest of the computing lay beside other work.`
      : '';
  return `${where}the device computed for ${formatMs(deviceMs)} of a traced prediction’s ${formatMs(windowMs)}, ${formatShare(share)} (means, ${by}).${beside}`;
}

function abstractionSentence({ partition }: Analysis): string | null {
  const found = abstraction(partition?.causes);
  if (!found) return null;
  const parts = partsText(found.parts, 4);
  return `${formatShare(found.share)} of a prediction’s time is GPU abstraction${parts ? `: ${parts}` : ''}.`;
}

function waitSentence({ gpu }: Analysis): string | null {
  if (!gpu?.phases.predictions) return null;
  const wait = costliestWait(gpu);
  if (!wait) return gpu.dropped > 0 ? null : 'No call in predictions waited for an answer of the GPU.';
  const { call, site, perPrediction } = wait;
  const times = perPrediction.count > 1.5 ? ` in ${formatCount(perPrediction.count)} calls` : '';
  return `The costliest wait is ${inertText(call, 40)} at ${siteText(site)}: it ${isByPromise(call) ? 'waits' : 'blocks its thread'} for ${formatMs(perPrediction.ms)} of a prediction${times}.`;
}

function fileName(script: string): string {
  return script.split(/[?#]/)[0]!.split('/').at(-1) || script;
}
