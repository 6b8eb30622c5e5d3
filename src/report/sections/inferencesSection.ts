import type { Analysis } from '../../../analyzers/index.js';
import type { Inferences } from '../../../analyzers/windows/inferences.js';
import { inertText } from '../../text/inertText.js';
import { formatCount, formatMs, MISSING } from '../../view/format.js';
import { formatConfidence } from '../answer.js';
import { type Html, html, prose } from '../html.js';
import { type Column, dataTable } from './dataTable.js';
import type { Section } from './section.js';

/** How the inferences were found in a watched page, or in a trace that another tool recorded. */
export const inferencesSection: Section = {
  id: 'inferences',
  title: 'How the inferences were found',
  render({ inferences }: Analysis): Html | null {
    if (!inferences) return null;
    const looked = html`<ul>${inferences.lookedFor.map((what) => html`<li>${prose(inertText(what, 300))}</li>`)}</ul>`;
    if (inferences.count === 0) return html`<p>No inference found. Looked for, in this order:</p>${looked}`;
    const threads = inferences.threads.slice(0, 8).map((thread) => inertText(thread, 60));
    return html`<p>${prose(`${inertText(inferences.source ?? '', 300)}. Confidence ${formatConfidence(inferences.confidence)}: ${inertText(inferences.confidenceWhy ?? '', 300)}`)}</p>
<p>${prose(`They run on ${threads.join(', ')}.`)}</p>
${dataTable('Phases', columns, rows(inferences))}
<p>Looked for, in this order, until something was found:</p>${looked}`;
  },
};

interface Row {
  readonly phase: string;
  readonly count: number | null;
  readonly startMs: number | null;
  readonly endMs: number | null;
}

const time = (ms: number | null): string => (ms === null ? MISSING : formatMs(ms));
const columns: readonly Column<Row>[] = [
  { head: 'Phase', cell: ({ phase }) => phase },
  { head: 'Inferences', numeric: true, cell: ({ count }) => (count === null ? MISSING : formatCount(count)) },
  { head: 'From', numeric: true, cell: ({ startMs }) => time(startMs) },
  { head: 'Until', numeric: true, cell: ({ endMs }) => time(endMs) },
];

function rows({ phases: { load, warmup, steady } }: Inferences): Row[] {
  return [
    { phase: 'Load', count: null, startMs: load?.startMs ?? null, endMs: load?.endMs ?? null },
    { phase: 'Warm-up', ...warmup },
    { phase: 'Steady', ...steady },
  ];
}
