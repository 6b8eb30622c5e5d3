import { formatCount, formatMs } from '../../../view/format.js';
import { html } from '../../html.js';
import { dataTable } from '../../sections/dataTable.js';
import { cellColumns } from './cellColumns.js';
import { estimateText } from './estimateText.js';
import type { StudySection } from './section.js';

/** The three latencies of every cell. */
export const latencySection: StudySection = {
  id: 'latency',
  title: 'Latency',
  render({ latency }) {
    if (latency.length === 0) return null;
    return html`<p>Setup creates the session, the model’s fetch included; warm-up is the first inference; prediction is each later one, timed with nothing recording. Below each number its 95&nbsp;% interval.</p>
${dataTable(
  'Latency of each cell',
  [
    ...cellColumns<(typeof latency)[number]>(),
    { head: 'Setup', numeric: true, cell: ({ setupMs }) => estimateText(setupMs, formatMs) },
    { head: 'Warm-up', numeric: true, cell: ({ warmupMs }) => estimateText(warmupMs, formatMs) },
    { head: 'Prediction', numeric: true, cell: ({ predictionMs }) => estimateText(predictionMs, formatMs) },
    { head: 'Browsers', numeric: true, cell: ({ rounds }) => formatCount(rounds) },
    { head: 'Predictions', numeric: true, cell: ({ predictions }) => formatCount(predictions) },
  ],
  latency,
)}`;
  },
};
