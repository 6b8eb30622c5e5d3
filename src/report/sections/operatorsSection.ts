import type { Operator, OperatorTotals, OperatorType } from '../../../analyzers/operators/operators.js';
import { inertText } from '../../text/inertText.js';
import { formatCount, formatMs, formatPlural, formatRate, formatRatio, formatShare, MISSING } from '../../view/format.js';
import { boundFill } from '../../view/palette.js';
import { rooflineChart } from '../charts/rooflineChart.js';
import { type Html, html, prose } from '../html.js';
import { type Column, dataTable } from './dataTable.js';
import { code, fillSwatch, name } from './names.js';
import type { Section } from './section.js';

const MOST_OPERATORS = 20;
const MOST_TYPES = 15;
/** A smaller share of time outside of Wasm is not mentioned. */
const MIN_OUTSIDE_SHARE = 0.01;
/** A column that is left out where all operators run on the same provider. */
const ON_COLUMN = 'On';
/** A column of the times, which may be none of a browser in a profile that was given. */
const BROWSER_COLUMN = 'Browser';
/** Columns that are left out where nothing ran natively. */
const NATIVE_COLUMNS = new Set(['Operators natively', 'Native', 'Ratio']);
/** A column that is left out where it is unknown for all operators. */
const IN_COLUMN = 'In';

/** Time per operator of the model, in the browser and natively, from the runtime's own profiler. */
export const operatorsSection: Section = {
  id: 'kernels',
  title: 'Operators',
  render({ kernels, kernelTotals }, page) {
    if (!kernelTotals || kernels.length === 0) return null;
    const { types, peaks } = kernelTotals;
    const shown = kernels.slice(0, MOST_OPERATORS);
    const chart = peaks && rooflineChart(kernels, peaks);
    const providers = new Set(kernels.map(({ provider }) => provider));
    const titled = <Row>(column: Column<Row>): Column<Row> =>
      column.head === BROWSER_COLUMN && kernelTotals.ownProfile ? { ...column, head: 'Time' } : column;
    const shows = ({ head }: { readonly head: string }) =>
      (head !== ON_COLUMN || providers.size > 1) &&
      (!NATIVE_COLUMNS.has(head) || kernelTotals.nativeSource !== null) &&
      (head !== IN_COLUMN || types.some(({ functions }) => functions !== null));
    return html`<p class="lead">${prose(sumSentence(kernelTotals))}</p>
<p>${prose(sourceSentence(kernelTotals))}</p>
<p>${prose(workSentence(kernelTotals))}</p>
${chart && page.figure(chart, legend)}
${page.subheading('By type')}
<p>${prose(functionsSentence(kernelTotals))}</p>
${dataTable('Operators by type', typeColumns.filter(shows).map(titled), types.slice(0, MOST_TYPES))}
${types.length > MOST_TYPES ? html`<p class="more">${formatPlural(types.length - MOST_TYPES, 'further type')} left out.</p>` : null}
${page.subheading('One by one')}
${dataTable('Operators that take the most time', operatorColumns.filter(shows).map(titled), shown)}
${kernels.length > shown.length ? html`<p class="more">${formatPlural(kernels.length - shown.length, 'further operator')} left out.</p>` : null}`;
  },
};

const typeColumns: readonly Column<OperatorType>[] = [
  { head: 'Type', cell: ({ operator }) => code(operator || MISSING, 60) },
  { head: 'Operators', numeric: true, cell: ({ count }) => formatCount(count) },
  { head: BROWSER_COLUMN, numeric: true, cell: ({ ms, count }) => (count > 0 ? formatMs(ms) : MISSING) },
  { head: 'Of all', numeric: true, cell: ({ share, count }) => (count > 0 ? formatShare(share) : MISSING) },
  { head: 'Operators natively', numeric: true, cell: ({ nativeCount }) => formatCount(nativeCount) },
  { head: 'Native', numeric: true, cell: ({ nativeMs, nativeCount }) => (nativeCount ? formatMs(nativeMs) : MISSING) },
  { head: 'Ratio', numeric: true, cell: ({ ratio }) => formatRatio(ratio) },
  { head: 'GFLOP/s', numeric: true, cell: ({ gflops }) => formatRate(gflops) },
  { head: 'GB/s', numeric: true, cell: ({ gigabytesPerSecond }) => formatRate(gigabytesPerSecond) },
  { head: 'Bound by', cell: ({ bound }) => boundCell(bound) },
  { head: IN_COLUMN, wide: true, cell: functionsCell },
];

const operatorColumns: readonly Column<Operator>[] = [
  { head: 'Operator', cell: operatorCell },
  { head: 'Type', cell: ({ operator }) => code(operator || MISSING, 40) },
  { head: 'Output', cell: ({ shape }) => name(shape || MISSING, 40) },
  { head: ON_COLUMN, cell: ({ provider }) => name(provider || MISSING, 20) },
  { head: BROWSER_COLUMN, numeric: true, cell: ({ ms }) => formatMs(ms) },
  { head: 'Of all', numeric: true, cell: ({ share }) => formatShare(share) },
  { head: 'Native', numeric: true, cell: ({ nativeMs }) => formatMs(nativeMs) },
  { head: 'Ratio', numeric: true, cell: ({ ratio }) => formatRatio(ratio) },
  { head: 'GFLOP/s', numeric: true, cell: ({ gflops }) => formatRate(gflops) },
  { head: 'GB/s', numeric: true, cell: ({ gigabytesPerSecond }) => formatRate(gigabytesPerSecond) },
  { head: 'Bound by', cell: ({ bound }) => boundCell(bound) },
];

const boundCell = (bound: Operator['bound']): Html | string =>
  bound === null ? MISSING : html`${fillSwatch(boundFill(bound))}${inertText(bound, 20)}`;

/** The Wasm functions that its time is in, and the share outside of Wasm functions. */
function functionsCell({ functions, outsideWasm }: OperatorType): Html | string {
  if (functions === null) return MISSING;
  const parts = functions.map((fn) => html`${code(fn.name, 40)} ${formatShare(fn.share)}`);
  if (outsideWasm !== null && outsideWasm >= MIN_OUTSIDE_SHARE) parts.push(html`outside Wasm ${formatShare(outsideWasm)}`);
  return html`${parts.map((part, i) => html`${i > 0 ? ', ' : null}${part}`)}`;
}

const legend = html`<p>One point per operator, the larger the more time it takes. The line is the most that this machine’s memory (slope) and arithmetic (flat) allow in this browser.</p><ul class="legend">${['compute', 'memory', 'overhead'].map((bound) => html`<li>${fillSwatch(boundFill(bound))}${bound}</li>`)}</ul>`;

/** Its name, and below it the native operator's name where that differs. */
function operatorCell(operator: Operator): Html {
  const { nativeName, pairedBy } = operator;
  const nativeLine =
    nativeName === null || nativeName === operator.name
      ? null
      : html`<br><span class="more">natively ${code(nativeName, 40)}${pairedBy === 'shape' ? ', by type and shapes' : null}</span>`;
  return html`${code(operator.name || MISSING, 40)}${nativeLine}`;
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
  if (nativeSource === null) return `${medians}profiler of ${inertText(source, 100)}.`;
  return `${medians}profilers of ${inertText(source, 100)} and ${inertText(nativeSource, 100)}. Both optimize the graph their own way: an operator is set beside the native one of the same name, else beside that of the same type and shapes.`;
}

function functionsSentence({ sampling, samplingLack }: OperatorTotals): string {
  if (samplingLack !== null) return `In which functions their time is cannot be told: ${inertText(samplingLack, 200)}.`;
  if (sampling === null) return '';
  const { samples, doubtful, clockErrorMs } = sampling;
  const left = doubtful === 0 ? '' : ` (${formatCount(doubtful)} that may be of an operator of another type are left out)`;
  return `The Wasm functions in which the time of a type is are known from ${formatPlural(samples, 'CPU sample')} taken while its operators ran in predictions of that pass that were recorded besides${left}; when they ran is known to ${formatMs(clockErrorMs)} on the clock of the samples. Of a type with too few samples they are not known.`;
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
  return `${work} In this browser ${threads} of this machine reach${peaks.threads === 1 ? 'es' : ''} ${formatRate(peaks.gigaflops, 'GFLOP/s')} in registers with ${inertText(peaks.instructions, 20)} instructions, and ${formatRate(peaks.gigabytesPerSecond, 'GB/s')} to memory. An operator is bound by compute or by memory where its operations, or its bytes, would at these peaks take a quarter of its time or more (no operator that loads its numbers reaches the peak of registers); by overhead where neither does. The peaks are the fastest of many short rounds: on a busy machine operators get slower and they do not, so that more looks bound by overhead.`;
}
