import type { Kernel, KernelTotals, KernelType } from '../../../analyzers/analysis.js';
import { formatCount, formatMs, formatPlural, formatRatio, formatShare, MISSING } from '../format.js';
import { html, prose } from '../html.js';
import { inertText } from '../inertText.js';
import { type Column, dataTable } from './dataTable.js';
import { code, name } from './names.js';
import type { Section } from './section.js';

const MOST_KERNELS = 20;
const MOST_TYPES = 15;

/** Time per operator of the model, browser beside native, by the runtime's own profiler. */
export const kernelsSection: Section = {
  id: 'kernels',
  title: 'Operators',
  render({ kernels, kernelTotals }, page) {
    if (!kernelTotals || kernels.length === 0) return null;
    const { types } = kernelTotals;
    const shown = kernels.slice(0, MOST_KERNELS);
    return html`<p class="lead">${prose(sumSentence(kernelTotals))}</p>
<p>${prose(sourceSentence(kernelTotals))}</p>
${page.subheading('By type')}
${dataTable('Operators by type', typeColumns, types.slice(0, MOST_TYPES))}
${types.length > MOST_TYPES ? html`<p class="more">${formatPlural(types.length - MOST_TYPES, 'further type')} left out.</p>` : null}
${page.subheading('One by one')}
${dataTable('Operators that take the most time', kernelColumns, shown)}
${kernels.length > shown.length ? html`<p class="more">${formatPlural(kernels.length - shown.length, 'further operator')} left out.</p>` : null}`;
  },
};

const typeColumns: readonly Column<KernelType>[] = [
  { head: 'Type', cell: ({ operator }) => code(operator || MISSING, 60) },
  { head: 'Operators', numeric: true, cell: ({ count }) => formatCount(count) },
  { head: 'Browser', numeric: true, cell: ({ ms, count }) => (count > 0 ? formatMs(ms) : MISSING) },
  { head: 'Of all', numeric: true, cell: ({ share, count }) => (count > 0 ? formatShare(share) : MISSING) },
  { head: 'Operators natively', numeric: true, cell: ({ nativeCount }) => formatCount(nativeCount) },
  { head: 'Native', numeric: true, cell: ({ nativeMs, nativeCount }) => (nativeCount ? formatMs(nativeMs) : MISSING) },
  { head: 'Ratio', numeric: true, cell: ({ ratio }) => formatRatio(ratio) },
];

const kernelColumns: readonly Column<Kernel>[] = [
  { head: 'Operator', cell: (kernel) => code(kernel.name || MISSING, 60) },
  { head: 'Type', cell: ({ operator }) => code(operator || MISSING, 40) },
  { head: 'Output', cell: ({ shape }) => name(shape || MISSING, 40) },
  { head: 'On', cell: ({ provider }) => name(provider || MISSING, 20) },
  { head: 'Browser', numeric: true, cell: ({ ms }) => formatMs(ms) },
  { head: 'Of all', numeric: true, cell: ({ share }) => formatShare(share) },
  { head: 'Native', numeric: true, cell: ({ nativeMs }) => formatMs(nativeMs) },
  { head: 'Ratio', numeric: true, cell: ({ ratio }) => formatRatio(ratio) },
  { head: 'Beside', cell: ({ nativeName, pairedBy }) => (nativeName === null ? MISSING : pairText(nativeName, pairedBy)) },
];

const pairText = (nativeName: string, by: Kernel['pairedBy']) =>
  html`${code(nativeName, 40)}${by === 'shape' ? ', by its type and shapes' : null}`;

function sumSentence({ ms, coverage, profiledCoverage, nativeMs, onDevice, hostMs }: KernelTotals): string {
  const where = onDevice ? ' on the device' : '';
  const of = coverage === null ? '' : `${formatShare(coverage)} of a timed prediction and `;
  const native = nativeMs === null ? '' : `; natively ${formatMs(nativeMs)}`;
  const asked = onDevice ? ` Asking for them took ${formatMs(hostMs)} on the page’s thread.` : '';
  return `The operators of a prediction take ${formatMs(ms)}${where} in the browser, ${of}${formatShare(profiledCoverage)} of a profiled one${native}.${asked}`;
}

function sourceSentence({ source, nativeSource, predictions }: KernelTotals): string {
  const both = nativeSource === null ? inertText(source, 100) : `${inertText(source, 100)} and ${inertText(nativeSource, 100)}`;
  return `Medians over ${formatPlural(predictions, 'prediction')} of a profiling pass of its own, from the profilers of ${both}. Both optimize the graph their own way: an operator is set beside the native one of the same name, else beside that of the same type and shapes.`;
}
