import { formatMs, formatRatio } from '../../../view/format.js';
import { html, prose } from '../../html.js';
import { dataTable } from '../../sections/dataTable.js';
import { published } from '../published.js';
import { cellColumns } from './cellColumns.js';
import { estimateText } from './estimateText.js';
import { ratioColumns } from './ratioColumns.js';
import type { StudySection } from './section.js';

/** The first inference beside the later ones. */
export const warmupSection: StudySection = {
  id: 'warmup',
  title: 'Setup and warm-up',
  render({ warmup: { rows, summaries } }) {
    if (rows.length === 0) return null;
    return html`${dataTable('Warm-up over prediction, over the models of each configuration', ratioColumns, summaries)}
<p class="more">${prose(published.warmup)}</p>
${dataTable(
  'Each cell',
  [
    ...cellColumns<(typeof rows)[number]>(),
    { head: 'Setup', numeric: true, cell: ({ setupMs }) => estimateText(setupMs, formatMs) },
    { head: 'Warm-up', numeric: true, cell: ({ warmupMs }) => estimateText(warmupMs, formatMs) },
    { head: 'Prediction', numeric: true, cell: ({ predictionMs }) => estimateText(predictionMs, formatMs) },
    { head: 'Warm-up over prediction', numeric: true, cell: ({ ratio }) => estimateText(ratio, formatRatio) },
  ],
  rows,
)}`;
  },
};
