import type { KernelsRow } from '../../../../analyzers/study/studyAnalysis.js';
import { inertText } from '../../../text/inertText.js';
import { formatMs, formatRatio, formatShare, MISSING } from '../../../view/format.js';
import { html } from '../../html.js';
import { dataTable } from '../../sections/dataTable.js';
import { code } from '../../sections/names.js';
import { cellColumns } from './cellColumns.js';
import type { StudySection } from './section.js';

/** The five types of operators that take the most time in each cell. */
export const kernelsSection: StudySection = {
  id: 'kernels',
  title: 'Operators',
  render({ kernels }) {
    if (kernels.length === 0) return null;
    return html`<p>From the frameworks’ own profilers, in a pass of its own, each operator counted once. Beside each type its share of all operators’ time, and how many times as long as natively it takes.</p>
${dataTable(
  'The five types of operators that take the most time',
  [
    ...cellColumns<KernelsRow>(),
    { head: 'Sum', numeric: true, cell: ({ ms }) => formatMs(ms) },
    { head: 'Of a prediction', numeric: true, cell: ({ coverage }) => formatShare(coverage) },
    ...[0, 1, 2, 3, 4].map((place) => ({
      head: ['First', 'Second', 'Third', 'Fourth', 'Fifth'][place]!,
      cell: ({ types }: KernelsRow) => {
        const type = types[place];
        if (!type) return MISSING;
        const ratio = type.ratio === null ? 'no native one' : `${formatRatio(type.ratio)} native`;
        return html`${code(type.operator || MISSING, 30)} ${formatShare(type.share)}<span class="evidence">${inertText(ratio)}</span>`;
      },
    })),
  ],
  kernels,
)}`;
  },
};
