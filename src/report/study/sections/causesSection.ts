import type { CausesRow } from '../../../../analyzers/study/studyAnalysis.js';
import { inertText } from '../../../text/inertText.js';
import { formatMs, formatShare } from '../../../view/format.js';
import { causePaint } from '../../../view/palette.js';
import { partitionChart } from '../../charts/partitionChart.js';
import { html } from '../../html.js';
import { dataTable } from '../../sections/dataTable.js';
import { cellModel } from '../cellModel.js';
import { shortConfiguration } from '../shortConfiguration.js';
import { cellColumns } from './cellColumns.js';
import { legend } from './legend.js';
import type { StudySection } from './section.js';

const NAMED_IN_LEGEND = 0.005;

/** Where the time of each cell goes: a chart per model, and the largest causes as a table. */
export const causesSection: StudySection = {
  id: 'causes',
  title: 'Where the time goes',
  render({ causes, cells }, page) {
    if (causes.length === 0) return null;
    const models = [...new Set(cells.map(({ model }) => model))].filter((model) =>
      causes.some(({ cell }) => cell.model === model),
    );
    const seen = [
      ...new Set(causes.flatMap((row) => row.causes.filter(({ share }) => share >= NAMED_IN_LEGEND).map(({ id }) => id))),
    ];
    const figures = models.map((model) => {
      const own = causes.filter(({ cell }) => cell.model === model);
      const title = cellModel(own[0]!.cell);
      const rows = own.map(({ cell, causes: split }) => ({
        label: shortConfiguration(cell),
        causes: split.map(whole),
        length: 1,
      }));
      const only = own.length === 1 ? html`<p>${shortConfiguration(own[0]!.cell)}</p>` : html``;
      return html`${page.subheading(title)}${page.figure(partitionChart(rows, 'share', `Causes of ${title}, ${own.length} cells.`), only)}`;
    });
    return html`<p>Every microsecond of a traced prediction has one cause; what no rule claims is unattributed. One run of each cell was traced; latencies are of the others and of the same run with nothing recording.</p>
${legend(seen.map((id) => ({ name: inertText(id, 40), fill: causePaint(id).fill })))}
${figures}
${dataTable(
  'The largest causes of each cell',
  [
    ...cellColumns<CausesRow>(),
    { head: 'Window', numeric: true, cell: ({ windowMedianMs }) => formatMs(windowMedianMs) },
    { head: 'Causes', wide: true, cell: largest },
    { head: 'Unattributed', numeric: true, cell: ({ unattributedShare }) => formatShare(unattributedShare) },
  ],
  causes,
)}`;
  },
};

/** As the chart takes them; nothing of what is added is shown. */
const whole = (cause: CausesRow['causes'][number]) => ({
  ...cause,
  meaning: '',
  ci95Ms: [cause.medianMs, cause.medianMs] as const,
  evidence: '',
});

function largest({ causes }: CausesRow): string {
  return [...causes]
    .filter(({ id, share }) => id !== 'unattributed' && share >= 0.01)
    .sort((a, b) => b.share - a.share)
    .slice(0, 5)
    .map(({ id, share }) => `${inertText(id, 40)} ${formatShare(share)}`)
    .join(', ');
}
