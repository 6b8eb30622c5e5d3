import type { GpuPrograms } from '../../../analyzers/gpu/gpuUse.js';
import { formatCount, formatMs, formatPlural, MISSING } from '../../view/format.js';
import { type Html, html, prose } from '../html.js';
import { type Column, dataTable } from './dataTable.js';
import { callSiteCell } from './gpuCallsTable.js';
import { code, name } from './names.js';
import type { PageContext } from './section.js';

type Row = GpuPrograms['rows'][number];

const MOST_ROWS = 10;

/** Shaders, programs and pipelines that the page made; those that were made repeatedly come first. */
export function gpuProgramsTable({ count, repeated, inPredictions, rows, rowsLeftOut }: GpuPrograms, page: PageContext): Html {
  const again =
    repeated > 0 ? `${formatCount(repeated)} of a source that had been compiled before` : 'none of them twice from one source';
  const late = inPredictions > 0 ? `${formatCount(inPredictions)} in predictions, which waited for them` : 'none in a prediction';
  const sentence =
    count === 0
      ? 'The page made no program.'
      : `The page made shaders, programs and pipelines in ${formatPlural(count, 'call')}: ${again}, ${late}.`;
  const shown = byTime(rows).slice(0, MOST_ROWS);
  const more = rows.length - shown.length + rowsLeftOut;
  return html`${page.subheading('Programs')}
<p>${prose(sentence)}</p>
${shown.length > 0 ? dataTable('Programs by source and place; time until it was there where the page asked to be told, else of the calls alone', columns, shown) : null}
${more > 0 ? html`<p class="more">${formatPlural(more, 'further program')} left out.</p>` : null}`;
}

/** Programs made in predictions and repeated ones first, each group by time. */
function byTime(rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => b.predictions - a.predictions || b.count - a.count || b.ms - a.ms);
}

const columns: readonly Column<Row>[] = [
  {
    head: 'Call',
    cell: (row) =>
      html`<span class="nowrap">${code(row.call, 40)}</span>${row.count > 1 && html` <strong class="bad">made ${formatCount(row.count)} times</strong>`}${row.label && html`<br><span class="more">${name(row.label, 80)}</span>`}`,
  },
  { head: 'Source', numeric: true, cell: (row) => (row.characters === null ? MISSING : `${formatCount(row.characters)} char.`) },
  { head: 'Setup', numeric: true, cell: (row) => formatCount(row.setup) },
  { head: 'Warm-up', numeric: true, cell: (row) => formatCount(row.warmup) },
  { head: 'Predictions', numeric: true, cell: (row) => formatCount(row.predictions) },
  { head: 'Time', numeric: true, cell: (row) => formatMs(row.ms) },
  { head: 'Made at', wide: true, cell: (row) => callSiteCell(row.site) },
];
