import type { CallSite, GpuCallRow, GpuUse } from '../../../analyzers/gpu/gpuUse.js';
import { isByPromise, siteText } from '../../../analyzers/gpu/words.js';
import { inertText } from '../../text/inertText.js';
import { formatBytes, formatCount, formatMs, formatPlural, MISSING } from '../../view/format.js';
import { type Html, html } from '../html.js';
import { type Column, dataTable } from './dataTable.js';
import { code } from './names.js';
import type { PageContext } from './section.js';

const MOST_ROWS = 16;
const KINDS: Readonly<Record<string, string>> = {
  upload: 'upload',
  readback: 'read-back',
  roundTrip: 'round trip',
  poll: 'asks, does not wait',
  submission: 'submission',
};

/** Calls that wait for an answer, submit work or move bytes, by call site; sorted by their cost in predictions. */
export function gpuCallsTable({ calls, callsLeftOut }: Pick<GpuUse, 'calls' | 'callsLeftOut'>, page: PageContext): Html | null {
  if (calls.length === 0) return null;
  const shown = calls.slice(0, MOST_ROWS);
  const more = calls.length - shown.length + callsLeftOut;
  return html`${page.subheading('Round trips, uploads and read-backs')}
${dataTable('Calls by place in a script; a place unfolds to its stack', columns, shown)}
${more > 0 ? html`<p class="more">${formatPlural(more, 'further place')} left out.</p>` : null}`;
}

const columns: readonly Column<GpuCallRow>[] = [
  {
    head: 'Call',
    cell: (row) => html`<span class="nowrap">${code(row.call, 40)}</span><br><span class="more">${kindText(row)}</span>`,
  },
  { head: 'Per prediction', numeric: true, cell: ({ perPrediction }) => amount(perPrediction.count) },
  {
    head: 'Time of it',
    numeric: true,
    cell: ({ perPrediction }) => (perPrediction.count > 0 ? formatMs(perPrediction.ms) : MISSING),
  },
  {
    head: 'Bytes',
    numeric: true,
    cell: ({ perPrediction }) => (perPrediction.bytes > 0 ? formatBytes(perPrediction.bytes) : MISSING),
  },
  { head: 'In the warm-up', numeric: true, cell: ({ warmup }) => amount(warmup.count) },
  { head: 'Time of it', numeric: true, cell: ({ warmup }) => (warmup.count > 0 ? formatMs(warmup.ms) : MISSING) },
  { head: 'Longest', numeric: true, cell: (row) => formatMs(row.longestMs) },
  { head: 'Called at', wide: true, cell: (row) => callSiteCell(row.site) },
];

function kindText({ kind, call }: GpuCallRow): string {
  const known = Object.hasOwn(KINDS, kind) ? KINDS[kind]! : inertText(kind, 40);
  if (kind !== 'readback' && kind !== 'roundTrip') return known;
  return `${known}, ${isByPromise(call) ? 'answered by promise' : 'blocks'}`;
}

const amount = (value: number): string => (Number.isInteger(value) ? formatCount(value) : value.toFixed(1));

/** Function, file, line and column of a call; the whole call stack can be expanded below. */
export function callSiteCell(site: CallSite | null): Html {
  if (!site) return html`<span class="more">not written down</span>`;
  const frames = site.stack.map((frame) => html`<li><code>${inertText(frame, 240)}</code></li>`);
  if (frames.length === 0) return html`<code>${siteText(site)}</code>`;
  return html`<details><summary><code>${siteText(site)}</code></summary><ol class="stack">${frames}</ol></details>`;
}
