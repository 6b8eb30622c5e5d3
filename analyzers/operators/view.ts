import { type Block, figure, fold, lead, line, paragraph, remark } from '../../src/view/block.js';
import { formatCount, formatMs, formatName, formatPlural, formatRate, formatRatio, formatShare } from '../../src/view/format.js';
import type { View } from '../../src/view/view.js';
import type { Operator, OperatorTotals, OperatorType } from './operators.js';
import { operatorTable } from './operatorTable.js';
import { rooflineChart, rooflineLegend } from './rooflineChart.js';

/** The parts of an analysis that this view shows. */
export interface OperatorsShown {
  readonly kernels: readonly Operator[];
  readonly kernelTotals: OperatorTotals | null;
}

/** Time per operator of the model, in the browser and natively, from the runtime's own profiler. */
export const view: View<OperatorsShown> = {
  id: 'kernels',
  title: 'Operators',
  words: {
    'GFLOP/s': 'Billions of floating-point operations per second; a multiplication and an addition are two.',
    'Bound by':
      'What takes at least a quarter of an operator’s time at this machine’s peaks: its arithmetic (compute), its bytes (memory), or neither (overhead).',
    'FLOP per byte':
      'Arithmetic intensity: operations for each byte of inputs and outputs. Below the ridge of the roofline memory is the limit.',
    'Could save':
      'At most that faster kernels could save of a prediction: the time above the roof or, where that is not known, above native.',
  },
  blocks({ kernels, kernelTotals }) {
    if (!kernelTotals || kernels.length === 0) return [];
    const { peaks } = kernelTotals;
    const chart = peaks && rooflineChart(kernels, peaks);
    const saved = savingSentence(kernelTotals);
    return [
      lead([sumSentence(kernelTotals), ...(saved === null ? [] : [saved])].join(' ')),
      operatorTable(kernels, kernelTotals),
      remark(timesSentence(kernelTotals)),
      ...(chart ? [figure(chart, CHART_TEXT, rooflineLegend)] : []),
      fold('How operators were measured', [
        paragraph(sourceSentence(kernelTotals)),
        paragraph(workSentence(kernelTotals)),
        ...functionsParagraph(kernelTotals),
        ...nativeOnlyParagraph(kernelTotals),
      ]),
    ];
  },
  /** The types that take the most time, with their share, ratio to native, rate and bound. */
  brief({ kernelTotals }) {
    const types = kernelTotals?.types.filter(({ count }) => count > 0).slice(0, TYPES_IN_BRIEF) ?? [];
    return types.length > 0 ? [line('Operators', types.map(typeText).join(' · '))] : [];
  },
};

const TYPES_IN_BRIEF = 4;
/** A scale nearer to 1 changes no digit that is shown. */
const MIN_SCALING = 0.005;
/** Types that only native has. */
const MOST_NATIVE_TYPES = 4;

const CHART_TEXT =
  'One point per operator, the larger the more time it takes. The line is the most that this machine’s memory (slope) and arithmetic (flat) allow in this browser.';

/** "Conv 82.4 % (3.79× native, 22.5 GFLOP/s, compute-bound)" */
function typeText({ operator, share, ratio, gflops, bound }: OperatorType): string {
  const more = [
    ...(ratio === null ? [] : [`${formatRatio(ratio)} native`]),
    ...(gflops === null ? [] : [formatRate(gflops, 'GFLOP/s')]),
    ...(bound === null ? [] : [`${bound}-bound`]),
  ];
  return `${formatName(operator, 24)} ${formatShare(share)}${more.length > 0 ? ` (${more.join(', ')})` : ''}`;
}

function sumSentence({ ms, coverage, profiledCoverage, nativeMs, onDevice, hostMs, ownProfile }: OperatorTotals): string {
  if (ownProfile) return `The operators of a run take ${formatMs(ms)}, ${formatShare(profiledCoverage)} of it.`;
  const where = onDevice ? ' on the device' : '';
  const of = coverage === null ? '' : `${formatShare(coverage)} of a timed prediction and `;
  const native = nativeMs === null ? '' : `; natively ${formatMs(nativeMs)}`;
  const asked = onDevice ? ` Asking for them took ${formatMs(hostMs)} on the page’s thread.` : '';
  return `The operators of a prediction take ${formatMs(ms)}${where} in the browser, ${of}${formatShare(profiledCoverage)} of a profiled one${native}.${asked}`;
}

/** Null where neither a roof nor a native time is known of any operator. */
function savingSentence(totals: OperatorTotals): string | null {
  const ms = couldSaveMs(totals);
  if (ms === null) return null;
  const least = totals.peaks ? 'what this machine’s peaks allow in this browser' : 'what they take natively';
  return `At most ${formatMs(ms)} of a prediction could be saved by faster kernels: that is above ${least}.`;
}

/** At most that faster kernels could save of a prediction; null where that is not known of any. */
export function couldSaveMs({ groups }: Pick<OperatorTotals, 'groups'>): number | null {
  const known = groups.flatMap((group) => group.couldSaveMs ?? []);
  return known.length > 0 ? known.reduce((sum, ms) => sum + ms, 0) : null;
}

/** Of what the columns are. */
function timesSentence({ ownProfile, scale, predictions }: OperatorTotals): string {
  const times = `Times are medians over ${formatPlural(predictions, ownProfile ? 'run' : 'prediction')}${ownProfile ? '' : ' of the profiling pass'}.`;
  return Math.abs(scale - 1) < MIN_SCALING
    ? times
    : `${times} What could be saved is scaled to a timed prediction (${formatRatio(scale)}), as in “What to do”.`;
}

/** What native does besides, such as putting data into another order. */
function nativeOnlyParagraph({ types }: OperatorTotals): Block[] {
  const only = types.filter(({ count, nativeCount }) => count === 0 && nativeCount);
  const named = only
    .slice(0, MOST_NATIVE_TYPES)
    .map(
      ({ operator, nativeCount, nativeMs }) => `${formatName(operator, 24)} (${formatCount(nativeCount)}, ${formatMs(nativeMs)})`,
    );
  return named.length > 0 ? [paragraph(`Only native runs ${named.join(', ')}.`)] : [];
}

function sourceSentence({ source, nativeSource, ownProfile, predictions }: OperatorTotals): string {
  if (ownProfile) return `Medians over ${formatPlural(predictions, 'run')} in the profile that ONNX Runtime wrote itself.`;
  const medians = `Medians over ${formatPlural(predictions, 'prediction')} of a profiling pass of its own, from the `;
  if (nativeSource === null) return `${medians}profiler of ${formatName(source, 100)}.`;
  return `${medians}profilers of ${formatName(source, 100)} and ${formatName(nativeSource, 100)}. Both optimize the graph their own way: an operator is set beside the native one of the same name, else beside that of the same type and shapes.`;
}

function workSentence({ flops, flopsShare, gflops, peaks, onHost }: OperatorTotals): string {
  const known = flopsShare > 0.995 ? '' : ` (those of which it is known, ${formatShare(flopsShare)} of the time)`;
  const reached = gflops === null ? '' : `, ${formatRate(gflops, 'GFLOP/s')}`;
  const work = `A prediction is ${formatRate(flops / 1e9, 'GFLOP')} of arithmetic by the types and shapes of its operators${known}${reached}.`;
  if (peaks === null) {
    return onHost
      ? `${work} What arithmetic and memory reach here was not measured, so what bounds them is not known.`
      : `${work} The probes of arithmetic and memory are of the processor, and tell nothing of what bounds operators on a device.`;
  }
  const threads = peaks.threads === 1 ? 'one thread' : `${formatCount(peaks.threads)} threads together`;
  return `${work} In this browser ${threads} of this machine reach${peaks.threads === 1 ? 'es' : ''} ${formatRate(peaks.gigaflops, 'GFLOP/s')} in registers with ${formatName(peaks.instructions, 20)} instructions, and ${formatRate(peaks.gigabytesPerSecond, 'GB/s')} to memory. An operator is bound by compute or by memory where its operations, or its bytes, would at these peaks take a quarter of its time or more (no operator that loads its numbers reaches the peak of registers); by overhead where neither does. The peaks are the fastest of many short rounds: on a busy machine operators get slower and they do not, so that more looks bound by overhead.`;
}

/** How the functions are known in which operators spend their time, or why not. */
function functionsParagraph({ sampling, samplingLack }: OperatorTotals): Block[] {
  if (samplingLack !== null)
    return [paragraph(`In which functions their time is cannot be told: ${formatName(samplingLack, 200)}.`)];
  if (sampling === null) return [];
  const { samples, doubtful, clockErrorMs } = sampling;
  const left = doubtful === 0 ? '' : ` (${formatCount(doubtful)} that may be of an operator of another type are left out)`;
  return [
    paragraph(
      `The Wasm functions in which the time of a type is are known from ${formatPlural(samples, 'CPU sample')} taken while its operators ran in predictions of that pass that were recorded besides${left}; when they ran is known to ${formatMs(clockErrorMs)} on the clock of the samples. Of a type with too few samples they are not known.`,
    ),
  ];
}
