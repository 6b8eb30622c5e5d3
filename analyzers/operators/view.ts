import { type Block, type Column, figure, heading, lead, line, paragraph, table } from '../../src/view/block.js';
import { formatCount, formatMs, formatName, formatPlural, formatRate, formatRatio, formatShare } from '../../src/view/format.js';
import { boundFill } from '../../src/view/palette.js';
import type { View } from '../../src/view/view.js';
import type { Operator, OperatorTotals, OperatorType } from './operators.js';
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
  },
  blocks({ kernels, kernelTotals }) {
    if (!kernelTotals || kernels.length === 0) return [];
    const { types, peaks } = kernelTotals;
    const chart = peaks && rooflineChart(kernels, peaks);
    return [
      lead(sumSentence(kernelTotals)),
      paragraph(sourceSentence(kernelTotals)),
      paragraph(workSentence(kernelTotals)),
      ...(chart ? [figure(chart, CHART_TEXT, rooflineLegend)] : []),
      heading('By type'),
      ...functionsParagraph(kernelTotals),
      table('Operators by type', typeColumns(kernelTotals), types, TYPES_SHOWN),
      heading('One by one'),
      table('Operators that take the most time', operatorColumns(kernelTotals, kernels), kernels, OPERATORS_SHOWN),
    ];
  },
  /** The types that take the most time, with their share, ratio to native, rate and bound. */
  brief({ kernelTotals }) {
    const types = kernelTotals?.types.filter(({ count }) => count > 0).slice(0, TYPES_IN_BRIEF) ?? [];
    return types.length > 0 ? [line('Operators', types.map(typeText).join(' · '))] : [];
  },
};

const OPERATORS_SHOWN = 20;
const TYPES_SHOWN = 15;
const TYPES_IN_BRIEF = 4;
/** A smaller share of time outside of Wasm is not mentioned. */
const MIN_OUTSIDE_SHARE = 0.01;

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

/** What a profile that was given says may be of no browser. */
const timeHead = ({ ownProfile }: OperatorTotals): string => (ownProfile ? 'Time' : 'Browser');

function typeColumns(totals: OperatorTotals): readonly Column<OperatorType>[] {
  return [
    { id: 'operator', head: 'Type', kind: 'code', limit: 60, value: ({ operator }) => operator || null },
    { id: 'count', head: 'Operators', kind: 'count', value: ({ count }) => count },
    { id: 'ms', head: timeHead(totals), kind: 'ms', value: ({ ms, count }) => (count > 0 ? ms : null) },
    { id: 'share', head: 'Of all', kind: 'share', value: ({ share, count }) => (count > 0 ? share : null) },
    ...(totals.nativeSource === null ? [] : nativeTypeColumns),
    ...rateColumns,
    ...(totals.types.some(({ functions }) => functions !== null) ? [functionsColumn] : []),
  ];
}

function operatorColumns(totals: OperatorTotals, operators: readonly Operator[]): readonly Column<Operator>[] {
  const providers = new Set(operators.map(({ provider }) => provider));
  return [
    { id: 'name', head: 'Operator', kind: 'code', limit: 40, value: ({ name }) => name || null, note: nativeNote },
    { id: 'operator', head: 'Type', kind: 'code', limit: 40, value: ({ operator }) => operator || null },
    { id: 'shape', head: 'Output', kind: 'text', limit: 40, value: ({ shape }) => shape || null },
    ...(providers.size > 1 ? [providerColumn] : []),
    { id: 'ms', head: timeHead(totals), kind: 'ms', value: ({ ms }) => ms },
    { id: 'share', head: 'Of all', kind: 'share', value: ({ share }) => share },
    ...(totals.nativeSource === null ? [] : nativeColumns),
    ...rateColumns,
  ];
}

/** Its native name, where that differs. */
function nativeNote({ name, nativeName, pairedBy }: Operator): string | null {
  if (nativeName === null || nativeName === name) return null;
  return `natively ${formatName(nativeName)}${pairedBy === 'shape' ? ', by type and shapes' : ''}`;
}

const nativeTypeColumns: readonly Column<OperatorType>[] = [
  { id: 'nativeCount', head: 'Operators natively', kind: 'count', value: ({ nativeCount }) => nativeCount },
  { id: 'nativeMs', head: 'Native', kind: 'ms', value: ({ nativeMs, nativeCount }) => (nativeCount ? nativeMs : null) },
  { id: 'ratio', head: 'Ratio', kind: 'ratio', value: ({ ratio }) => ratio },
];

const providerColumn: Column<Operator> = {
  id: 'provider',
  head: 'On',
  kind: 'text',
  limit: 20,
  value: ({ provider }) => provider || null,
};

const nativeColumns: readonly Column<Operator>[] = [
  { id: 'nativeName', head: 'Natively', kind: 'code', in: ['data'], value: ({ nativeName }) => nativeName },
  { id: 'nativeMs', head: 'Native', kind: 'ms', value: ({ nativeMs }) => nativeMs },
  { id: 'ratio', head: 'Ratio', kind: 'ratio', value: ({ ratio }) => ratio },
];

/** What an operator, or all of a type, reach of the machine. */
const rateColumns: readonly Column<Pick<Operator, 'gflops' | 'gigabytesPerSecond' | 'bound'>>[] = [
  { id: 'gflops', head: 'GFLOP/s', kind: 'rate', value: ({ gflops }) => gflops },
  { id: 'gigabytesPerSecond', head: 'GB/s', kind: 'rate', value: ({ gigabytesPerSecond }) => gigabytesPerSecond },
  {
    id: 'bound',
    head: 'Bound by',
    kind: 'text',
    value: ({ bound }) => bound,
    fill: ({ bound }) => (bound === null ? null : boundFill(bound)),
  },
];

/** The Wasm functions that its time is in, and the share outside of Wasm functions. */
const functionsColumn: Column<OperatorType> = {
  id: 'functions',
  head: 'In',
  kind: 'text',
  value({ functions, outsideWasm }) {
    if (functions === null) return null;
    const outside = outsideWasm !== null && outsideWasm >= MIN_OUTSIDE_SHARE ? [`outside Wasm ${formatShare(outsideWasm)}`] : [];
    return [...functions.map(({ name, share }) => `${formatName(name)} ${formatShare(share)}`), ...outside].join(', ');
  },
};
