import { formatMs, formatShare } from '../format.js';
import { html } from '../html.js';
import { inertText } from '../inertText.js';
import { dataTable } from './dataTable.js';
import type { Section } from './section.js';

/** Who had the cores during a prediction, by the kernel's account. */
export const threadsSection: Section = {
  id: 'threads',
  title: 'Threads during a prediction',
  render({ threads }) {
    if (!threads || threads.length === 0) return null;
    return html`<p>Means over the windows, from the kernel’s scheduling figures. Spinning is time on a core in functions that only poll: it looks like
compute and is not.</p>
${dataTable(
  'Threads of the page’s process that ran, or wanted to',
  [
    { head: 'Thread', cell: (row) => `${inertText(row.thread, 60)}${row.owner ? ' (runs the call)' : ''}` },
    { head: 'On a core', numeric: true, cell: (row) => formatMs(row.ranMs) },
    { head: 'Of it spinning', numeric: true, cell: (row) => formatShare(row.spinShare) },
    { head: 'Waiting for a core', numeric: true, cell: (row) => formatMs(row.waitedMs) },
    { head: 'Asleep', numeric: true, cell: (row) => formatMs(row.sleptMs) },
  ],
  threads,
)}`;
  },
};
