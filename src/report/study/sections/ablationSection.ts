import type { AblationRow, ReductionId } from '../../../../analyzers/study/studyAnalysis.js';
import { inertText } from '../../../text/inertText.js';
import { formatInterval, formatMs, formatShare, MISSING } from '../../../view/format.js';
import { type Html, html, prose } from '../../html.js';
import { type Column, dataTable } from '../../sections/dataTable.js';
import { name } from '../../sections/names.js';
import { ablationChart, ablationVariants } from '../charts/ablationChart.js';
import { configurationName } from '../configurationName.js';
import { published } from '../published.js';
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
${dataTable('Prediction with and without threads and SIMD; below, what that takes away of the one with neither, with its interval', columns, rows)}
<p class="more">${prose(published.ablation)}</p>`;
  },
};

function nameOf({ framework, threads, on }: AblationRow): string {
  const name = configurationName({ framework, backend: 'wasm' }).replace(' Wasm', '');
  return `${name}${threads === null ? '' : ` ${threads} t`}${on === 'main' ? ', main' : ''}`;
}

/** A latency, and what it is less than with neither, with its interval. */
const column = (
  head: string,
  of: 'neitherMs' | 'threadsMs' | 'simdMs' | 'bothMs',
  id: ReductionId | null,
): Column<AblationRow> => ({
  head,
  numeric: true,
  cell: (row) => html`${formatMs(row[of]?.value ?? null)}${id && off(row, id)}`,
});

function off({ reductions }: AblationRow, id: ReductionId): Html | null {
  const share = reductions.find((each) => each.id === id)?.share ?? null;
  if (!share) return null;
  const interval = share.ci95 ? ` (${formatInterval([share.ci95[0] * 100, share.ci95[1] * 100], share.value * 100)})` : '';
  return html`<span class="evidence">${formatShare(share.value)}${interval}</span>`;
}

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
  column('Neither', 'neitherMs', null),
  column('Threads only', 'threadsMs', 'threads'),
  column('SIMD only', 'simdMs', 'simd'),
  column('Both', 'bothMs', 'both'),
  { head: 'Threads beside SIMD', numeric: true, cell: (row) => off(row, 'threadsBesideSimd') ?? MISSING },
];
