import { type Column, figure, paragraph, table } from '../../src/view/block.js';
import { formatIntervalOf, formatName, formatPlural, formatShare } from '../../src/view/format.js';
import { type AblationRow, type AblationSummary, type AblationTable, type ReductionId, reductionIds } from './ablation.js';
import { ablationChart, ablationVariants } from './ablationChart.js';
import { configurationName, shortConfiguration } from './configurations.js';
import type { RoundsEstimate } from './estimates.js';
import { estimated, listed, modelColumn, type StudyView } from './view.js';

const reduction = ({ reductions }: AblationRow, id: ReductionId): RoundsEstimate | null =>
  reductions.find((each) => each.id === id)?.share ?? null;

/** The variants, and how much shorter each makes the prediction than neither does. */
const WAYS = [
  { id: 'neither', head: 'Neither', short: 'Neither', of: 'neitherMs', off: null },
  { id: 'threadsOnly', head: 'Threads only', short: 'Threads', of: 'threadsMs', off: 'threads' },
  { id: 'simdOnly', head: 'SIMD only', short: 'SIMD', of: 'simdMs', off: 'simd' },
  { id: 'both', head: 'Both', short: 'Both', of: 'bothMs', off: 'both' },
] as const;

/** Data has separate columns for latency and reduction. For people the reduction is a note on the latency. */
const columns: readonly Column<AblationRow>[] = [
  modelColumn(
    ({ model }) => model,
    ({ outputsDiffer }) => outputsDiffer,
  ),
  { id: 'framework', head: 'Framework', kind: 'text', in: ['data'], value: ({ framework }) => framework },
  {
    id: 'ranOn',
    head: 'Framework',
    kind: 'text',
    in: ['page', 'terminal'],
    value: (row) => `${onWasm(row)}${row.on === 'main' ? ', main thread' : ''}`,
    short: {
      head: 'Ran on',
      value: (row) => shortConfiguration({ ...row, backend: 'wasm', threads: row.threads ?? 1, simd: null }),
    },
  },
  { id: 'on', head: 'On', kind: 'text', in: ['data'], value: ({ on }) => on },
  { id: 'threads', head: 'Threads', kind: 'count', in: ['data', 'page'], value: ({ threads }) => threads },
  { id: 'outputsDiffer', head: 'Outputs differ', kind: 'flag', in: ['data'], value: ({ outputsDiffer }) => outputsDiffer },
  ...WAYS.flatMap(({ id, head, short, of, off }): Column<AblationRow>[] => [
    { id: `${id}Ms`, head, kind: 'ms', in: ['data'], ...estimated((row) => row[of]) },
    {
      id: `${id}WithReduction`,
      head,
      kind: 'ms',
      in: ['page', 'terminal'],
      value: (row) => row[of]?.value ?? null,
      note: (row) => off && withInterval(reduction(row, off)),
      short: { head: short, note: (row) => off && formatShare(reduction(row, off)?.value ?? null) },
    },
  ]),
  ...reductionIds.map(
    (id): Column<AblationRow> => ({
      id: `${id}Reduction`,
      head: id === 'threadsBesideSimd' ? 'Threads beside SIMD' : id,
      kind: 'share',
      in: id === 'threadsBesideSimd' ? ['data', 'page', 'terminal'] : ['data'],
      ...estimated((row) => reduction(row, id)),
      short: { head: 'Beside SIMD' },
    }),
  ),
];

const onWasm = ({ framework }: Pick<AblationRow, 'framework'>): string => configurationName({ framework, backend: 'wasm' });

function withInterval(share: RoundsEstimate | null): string | null {
  if (!share) return null;
  const { value, ci95 } = share;
  return `${formatShare(value)}${ci95 ? ` (${formatIntervalOf(ci95, value, 'share')})` : ''}`;
}

/** Wang et al., Anatomizing Deep Learning Inference in Web Browsers, doi 10.1145/3688843; on other machines. */
const PUBLISHED =
  'Published (Wang et al., from their data, mean of 4 models): of ORT Wasm’s predictions threads take away 52 %, SIMD 56 %, both 67.5 %.';

export const ablationView: StudyView<{ readonly ablation: AblationTable }> = {
  id: 'ablation',
  title: 'Threads and SIMD on Wasm',
  findings({ ablation: { summaries } }) {
    const group = ({ framework, on, threads }: AblationSummary) => JSON.stringify([framework, on, threads]);
    return [...new Set(summaries.map(group))].flatMap((of) => finding(summaries.filter((summary) => group(summary) === of)));
  },
  blocks({ ablation: { rows } }) {
    if (rows.length === 0) return [];
    const labelled = rows.map((row) => ({ ...row, label: `${formatName(row.model, 24)}, ${inChart(row)}` }));
    return [
      figure(
        ablationChart(labelled),
        'Lines are 95 % intervals. Where a framework has no Wasm without SIMD, SIMD with one thread is the measure.',
        ablationVariants.map(({ title, fill }) => ({ text: title, fill })),
      ),
      table(
        'Prediction with and without threads and SIMD; below, what that takes away of the one with neither, with its interval',
        columns,
        rows,
      ),
      paragraph(PUBLISHED),
    ];
  },
  brief: ({ ablation: { rows } }) =>
    rows.length === 0 ? [] : [table('Threads and SIMD on Wasm, and what they take off the prediction', columns, rows)],
  tables: ({ ablation: { rows } }) => [table('ablation', columns, rows)],
};

function inChart({ framework, threads, on }: AblationRow): string {
  const name = onWasm({ framework }).replace(' Wasm', '');
  return `${name}${threads === null ? '' : ` ${threads} t`}${on === 'main' ? ', main' : ''}`;
}

/** What threads and SIMD gain for one framework, from summaries that differ in nothing else. */
function finding(own: readonly AblationSummary[]): string[] {
  const { on, threads } = own[0]!;
  const where = `${onWasm(own[0]!)}${on === 'main' ? ' on the main thread' : ''}`;
  const share = (id: ReductionId) => own.find((summary) => summary.id === id)?.share;
  const many = formatPlural(threads ?? 1, 'thread');
  const changes = (
    [
      [many, threads !== 1, share('threads')],
      ['SIMD', false, share('simd')],
      ['both together', true, share('both')],
    ] as const
  ).flatMap(([what, plural, value]) => (value === undefined ? [] : [change(what, plural, value)]));
  const withSimd = share('threadsBesideSimd');
  const models = Math.max(...own.map((summary) => summary.models));
  const mean = models === 1 ? '1 model' : `geometric mean of ${models} models`;
  return [
    ...(changes.length > 0 ? [`On ${where}, of a prediction with neither threads nor SIMD, ${listed(changes)} (${mean}).`] : []),
    ...(withSimd === undefined
      ? []
      : [`On ${where}, of a prediction with SIMD and one thread, ${change(many, true, withSimd)} (${mean}).`]),
  ];
}

function change(what: string, plural: boolean, share: number): string {
  if (share < 0) return `${what} ${plural ? 'make' : 'makes'} it ${formatShare(-share)} longer`;
  return `${what} ${plural ? 'take' : 'takes'} ${formatShare(share)} away`;
}
