import { mean } from 'simple-statistics';
import type { Placement } from '../../src/bundle/manifest.js';
import { type Block, type Column, figure, heading, paragraph, table } from '../../src/view/block.js';
import { formatName, formatPlural, formatShare } from '../../src/view/format.js';
import { causeOf, causePaint } from '../partition/causes/index.js';
import type { CauseTime } from '../partition/partition.js';
import { partitionChart } from '../partition/partitionChart.js';
import type { CellFacts, CellRuns } from './cells.js';
import { configurationName, fullConfigurations, type Ran, sameConfiguration, shortConfiguration } from './configurations.js';
import { cellColumns, listed, type StudyView } from './view.js';

/** Where a cell's time goes, from its traced run. */
export interface CausesRow {
  readonly cell: CellFacts;
  readonly round: number;
  readonly windows: number;
  readonly windowMedianMs: number;
  readonly causes: readonly Pick<CauseTime, 'id' | 'title' | 'ms' | 'share'>[];
  readonly unattributedShare: number;
  readonly placement: Placement | null;
}

/**
 * Where the time of each cell's predictions goes, from its traced run; shares of a row sum to 1. Cells without a trace are left
 * out.
 */
export function causesTable(cells: readonly CellRuns[]): readonly CausesRow[] {
  return cells.flatMap(({ facts, close }) => {
    if (!close?.partition) return [];
    const { windows, windowMedianMs, causes, unattributedShare } = close.partition;
    return [
      {
        cell: facts,
        round: close.round,
        windows,
        windowMedianMs,
        causes: causes.map(({ id, title, ms, share }) => ({ id, title, ms, share })),
        unattributedShare,
        placement: close.placement,
      },
    ];
  });
}

type OneCause = CausesRow & { readonly cause: CausesRow['causes'][number] };

/** For other tools: one row per cause and cell. */
const causeColumns: readonly Column<OneCause>[] = [
  ...cellColumns,
  { id: 'cause', head: 'Cause', kind: 'text', value: ({ cause }) => cause.id },
  { id: 'title', head: 'Title', kind: 'text', value: ({ cause }) => cause.title },
  { id: 'ms', head: 'Time', kind: 'ms', value: ({ cause }) => cause.ms },
  { id: 'share', head: 'Share', kind: 'share', value: ({ cause }) => cause.share },
  { id: 'windows', head: 'Windows', kind: 'count', value: ({ windows }) => windows },
  { id: 'windowMedianMs', head: 'Window', kind: 'ms', value: ({ windowMedianMs }) => windowMedianMs },
];

/** For people: one row per cell with its largest causes. */
const largestColumns: readonly Column<CausesRow>[] = [
  ...cellColumns,
  { id: 'windowMedianMs', head: 'Window', kind: 'ms', in: ['page'], value: ({ windowMedianMs }) => windowMedianMs },
  {
    id: 'causes',
    head: 'Causes',
    kind: 'text',
    value: (row) => largest(row, 5, 40),
    short: { value: (row) => largest(row, 4, 24) },
  },
  { id: 'unattributedShare', head: 'Unattributed', kind: 'share', value: ({ unattributedShare }) => unattributedShare },
];

const MIN_NAMED_SHARE = 0.01;

function largest({ causes }: CausesRow, most: number, nameLimit: number): string {
  return causes
    .filter(({ id, share }) => id !== 'unattributed' && share >= MIN_NAMED_SHARE)
    .sort((a, b) => b.share - a.share)
    .slice(0, most)
    .map(({ title, share }) => `${formatName(title, nameLimit)} ${formatShare(share)}`)
    .join(', ');
}

type Known = { readonly causes: readonly CausesRow[] } & Ran;

export const causesView: StudyView<Known> = {
  id: 'causes',
  title: 'Where the time goes',
  findings: ({ causes, ...ran }) =>
    fullConfigurations(ran).flatMap((configuration) => {
      const own = causes.filter(({ cell }) => sameConfiguration(cell, configuration));
      return own.length === 0 ? [] : [finding(configurationName(configuration), own)];
    }),
  blocks: ({ causes, cells }) =>
    causes.length === 0
      ? []
      : [
          paragraph(
            'Every microsecond of a traced prediction has one cause; what no rule claims is unattributed. One run of each cell was traced; latencies are of the others and of the same run with nothing recording.',
          ),
          ...[...new Set(cells.map(({ model }) => model))].flatMap((model) =>
            splitOf(causes.filter(({ cell }) => cell.model === model)),
          ),
          table('The largest causes of each cell', largestColumns, causes),
        ],
  brief: ({ causes }) => (causes.length === 0 ? [] : [table('Where the time goes', largestColumns, causes)]),
  tables: ({ causes }) => [
    table(
      'causes',
      causeColumns,
      causes.flatMap((row) => row.causes.map((cause) => ({ ...row, cause }))),
    ),
  ],
};

const MOST_IN_FINDING = 3;

/** Where the time of one configuration goes, as the mean share over its models. */
function finding(name: string, rows: readonly CausesRow[]): string {
  const ids = [...new Set(rows.flatMap((row) => row.causes.map(({ id }) => id)))].filter((id) => id !== 'unattributed');
  const shares = ids
    .map((id) => ({ id, share: mean(rows.map((row) => row.causes.find((cause) => cause.id === id)?.share ?? 0)) }))
    .filter(({ share }) => share >= MIN_NAMED_SHARE)
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST_IN_FINDING)
    .map(({ id, share }) => `${formatShare(share)} ${formatName(titleOf(id))}`);
  const unclaimed = `${formatShare(mean(rows.map(({ unattributedShare }) => unattributedShare)))} unattributed`;
  const of = `${rows.length === 1 ? '' : 'mean of '}${formatPlural(rows.length, 'model')}, traced`;
  return `The time of a prediction on ${name} is ${listed([...shares, unclaimed])} (${of}).`;
}

/** The words for a cause; an id that is not known stands for itself. */
const titleOf = (id: string): string => causeOf(id)?.title ?? id;

const MIN_LEGEND_SHARE = 0.005;

/** The chart of one model, one row per cell. */
function splitOf(rows: readonly CausesRow[]): Block[] {
  if (rows.length === 0) return [];
  const title = `${rows[0]!.cell.outputs === 'differ' ? '! ' : ''}${formatName(rows[0]!.cell.model)}`;
  const bars = rows.map(({ cell, causes }) => ({ label: shortConfiguration(cell), causes: causes.map(whole), length: 1 }));
  const named = new Set(
    rows.flatMap(({ causes }) => causes.filter(({ share }) => share >= MIN_LEGEND_SHARE).map(({ id }) => id)),
  );
  const legend = [...named].map((id) => ({ fill: causePaint(id).fill, text: formatName(titleOf(id)) }));
  const only = rows.length === 1 ? shortConfiguration(rows[0]!.cell) : null;
  return [heading(title), figure(partitionChart(bars, 'share', `Causes of ${title}, ${rows.length} cells.`), only, legend)];
}

/** In the shape that the chart takes; the added values are not shown. */
const whole = (cause: CausesRow['causes'][number]) => ({
  ...cause,
  meaning: '',
  ci95Ms: [cause.ms, cause.ms] as const,
  evidence: '',
});
