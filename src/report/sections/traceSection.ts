import type { TraceFacts } from '../../../analyzers/source/traceFacts.js';
import { formatBytes, formatCount, formatMs } from '../../view/format.js';
import { html, prose } from '../html.js';
import { type Column, dataTable } from './dataTable.js';
import { code, name } from './names.js';
import type { Section } from './section.js';

const MOST_ROWS = 20;

/** What the trace contains: processes, threads, and the measures to choose a mark from. */
export const traceSection: Section = {
  id: 'trace',
  title: 'What the trace holds',
  render({ trace }) {
    if (!trace) return null;
    return html`<p>${prose(`${formatCount(trace.events)} events, ${formatBytes(trace.bytes)}, over ${formatMs(trace.durationMs)}.`)}</p>
<div class="columns">
${trace.busiestThreads.length > 0 && dataTable('Busiest threads', threadColumns, trace.busiestThreads.slice(0, MOST_ROWS))}
${trace.measures.length > 0 && dataTable('Measures of the page, for --mark', measureColumns, trace.measures.slice(0, MOST_ROWS))}
${trace.processes.length > 0 && dataTable('Processes', processColumns, trace.processes.slice(0, MOST_ROWS))}
</div>`;
  },
};

const threadColumns: readonly Column<TraceFacts['busiestThreads'][number]>[] = [
  { head: 'Thread', cell: (row) => name(row.thread, 60) },
  { head: 'Busy', numeric: true, cell: (row) => formatMs(row.busyMs) },
  { head: 'CPU samples', cell: (row) => (row.sampled ? 'yes' : 'no') },
];

const measureColumns: readonly Column<TraceFacts['measures'][number]>[] = [
  { head: 'Measure', cell: (row) => code(row.name, 60) },
  { head: 'Count', numeric: true, cell: (row) => formatCount(row.count) },
  { head: 'Median', numeric: true, cell: (row) => formatMs(row.medianMs) },
];

const processColumns: readonly Column<TraceFacts['processes'][number]>[] = [
  { head: 'Process', cell: (row) => name(row.name, 60) },
  { head: 'Id', numeric: true, cell: ({ pid }) => (typeof pid === 'number' ? String(pid) : code(pid, 40)) },
  { head: 'Threads', numeric: true, cell: (row) => formatCount(row.threads) },
];
