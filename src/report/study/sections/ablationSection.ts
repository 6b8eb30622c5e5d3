import type { AblationRow, ReductionId } from '../../../../analyzers/study/studyAnalysis.js';
import { formatMs, formatShare, MISSING } from '../../format.js';
import { html, prose } from '../../html.js';
import { inertText } from '../../inertText.js';
import { type Column, dataTable } from '../../sections/dataTable.js';
import { name } from '../../sections/names.js';
import { ablationChart, ablationVariants } from '../charts/ablationChart.js';
import { configurationName } from '../configurationName.js';
import { published } from '../published.js';
import { estimateText } from './estimateText.js';
import { legend } from './legend.js';
import type { StudySection } from './section.js';

/** What threads and SIMD bring on Wasm. */
export const ablationSection: StudySection = {
  id: 'ablation',
  title: 'Threads and SIMD on Wasm',
  render({ ablation: { rows } }, page) {
    if (rows.length === 0) return null;
    const labelled = rows.map((row) => ({ ...row, label: `${inertText(row.model, 24)}, ${nameOf(row)}` }));
    const caption = html`${legend(ablationVariants.map(({ title, fill }) => ({ name: title, fill })))}<p>Lines are 95&nbsp;% intervals. Where a framework has no Wasm without SIMD, SIMD with one thread is the measure.</p>`;
    return html`${page.figure(ablationChart(labelled), caption)}
${dataTable('Prediction with and without threads and SIMD, and what each takes off it', columns, rows)}
<p class="more">${prose(published.ablation)}</p>`;
  },
};

function nameOf({ framework, threads, on }: AblationRow): string {
  const name = configurationName({ framework, backend: 'wasm' }).replace(' Wasm', '');
  return `${name}${threads === null ? '' : ` ${threads} t`}${on === 'main' ? ', main' : ''}`;
}

const off = (head: string, id: ReductionId): Column<AblationRow> => ({
  head,
  numeric: true,
  cell: ({ reductions }) => {
    const share = reductions.find((each) => each.id === id)?.share ?? null;
    if (!share) return MISSING;
    const interval =
      share.ci95 && html`<span class="evidence">${formatShare(share.ci95[0])} to ${formatShare(share.ci95[1])}</span>`;
    return html`${formatShare(share.value)}${interval}`;
  },
});

const columns: readonly Column<AblationRow>[] = [
  {
    head: 'Model',
    cell: (row) => html`${row.outputsDiffer ? html`<strong class="bad">! </strong>` : null}${name(row.model, 40)}`,
  },
  {
    head: 'Framework',
    cell: ({ framework, on }) => `${configurationName({ framework, backend: 'wasm' })}${on === 'main' ? ', main thread' : ''}`,
  },
  { head: 'Threads', numeric: true, cell: ({ threads }) => threads ?? MISSING },
  { head: 'Neither', numeric: true, cell: ({ neitherMs }) => estimateText(neitherMs, formatMs) },
  { head: 'Threads only', numeric: true, cell: ({ threadsMs }) => estimateText(threadsMs, formatMs) },
  { head: 'SIMD only', numeric: true, cell: ({ simdMs }) => estimateText(simdMs, formatMs) },
  { head: 'Both', numeric: true, cell: ({ bothMs }) => estimateText(bothMs, formatMs) },
  off('Threads take off', 'threads'),
  off('SIMD takes off', 'simd'),
  off('Both take off', 'both'),
  off('Threads beside SIMD', 'threadsBesideSimd'),
];
