import { mean } from 'simple-statistics';
import { type Column, paragraph, table } from '../../src/view/block.js';
import { formatName, formatPlural, formatRatio, formatShare, MISSING } from '../../src/view/format.js';
import type { OperatorType } from '../operators/operators.js';
import type { CellFacts, CellRuns } from './cells.js';
import { configurationName, fullConfigurations, type Ran, sameConfiguration } from './configurations.js';
import { cellColumns, type StudyView } from './view.js';

/** The types of operators that take the most time of a cell, five at most. */
export interface OperatorsRow {
  readonly cell: CellFacts;
  /** The sum over all operators; the same for native. */
  readonly ms: number;
  readonly nativeMs: number | null;
  /** Share of a timed prediction. */
  readonly coverage: number | null;
  readonly types: readonly Pick<OperatorType, 'operator' | 'count' | 'ms' | 'share' | 'ratio'>[];
}

/** As many as the paper lists. */
const MOST_TYPES = 5;

/**
 * The types of operators that take the most time in each cell, and how far each is from native. Cells without a profile are left
 * out.
 */
export function operatorsTable(cells: readonly CellRuns[]): readonly OperatorsRow[] {
  return cells.flatMap(({ facts, close }) => {
    if (!close?.kernelTotals) return [];
    const { ms, nativeMs, coverage, types } = close.kernelTotals;
    const top = types.filter(({ count }) => count > 0).sort((a, b) => b.ms - a.ms);
    return [
      {
        cell: facts,
        ms,
        nativeMs,
        coverage,
        types: top.slice(0, MOST_TYPES).map((type) => ({
          operator: type.operator,
          count: type.count,
          ms: type.ms,
          share: type.share,
          ratio: type.ratio,
        })),
      },
    ];
  });
}

type Type = OperatorsRow['types'][number];

/** For other tools: one row per type of operator and cell. */
const typeColumns: readonly Column<{ readonly cell: CellFacts; readonly type: Type }>[] = [
  ...cellColumns,
  { id: 'operator', head: 'Operator', kind: 'text', value: ({ type }) => type.operator },
  { id: 'count', head: 'Count', kind: 'count', value: ({ type }) => type.count },
  { id: 'ms', head: 'Time', kind: 'ms', value: ({ type }) => type.ms },
  { id: 'share', head: 'Share', kind: 'share', value: ({ type }) => type.share },
  { id: 'ratio', head: 'Over native', kind: 'ratio', value: ({ type }) => type.ratio },
];

/** For people: one row per cell, with its types in one text. */
const columns: readonly Column<OperatorsRow>[] = [
  ...cellColumns,
  { id: 'ms', head: 'Sum', kind: 'ms', in: ['page'], value: ({ ms }) => ms },
  { id: 'coverage', head: 'Of a prediction', kind: 'share', in: ['page'], value: ({ coverage }) => coverage },
  ...['First', 'Second', 'Third', 'Fourth', 'Fifth'].map(
    (head, place): Column<OperatorsRow> => ({
      id: `type${place + 1}`,
      head,
      kind: 'text',
      in: ['page'],
      value: ({ types: { [place]: type } }) =>
        type ? `${formatName(type.operator, 30) || MISSING} ${formatShare(type.share)}` : null,
      note: ({ types: { [place]: type } }) =>
        type ? (type.ratio === null ? 'no native one' : `${formatRatio(type.ratio)} native`) : null,
    }),
  ),
  { id: 'types', head: 'Operators', kind: 'text', in: ['terminal'], value: ({ types }) => types.map(brief).join(', ') },
];

function brief({ operator, share, ratio }: Type): string {
  return `${formatName(operator, 20)} ${formatShare(share)}${ratio === null ? '' : ` (${formatRatio(ratio)})`}`;
}

export const operatorsView: StudyView<{ readonly kernels: readonly OperatorsRow[] } & Ran> = {
  id: 'kernels',
  title: 'Operators',
  findings: ({ kernels, ...ran }) =>
    fullConfigurations(ran).flatMap((configuration) => {
      const own = kernels.filter(({ cell }) => sameConfiguration(cell, configuration));
      const operators = [...new Set(own.flatMap((row) => row.types.map(({ operator }) => operator)))];
      const share = (of: string) => mean(own.map(({ types }) => types.find(({ operator }) => operator === of)?.share ?? 0));
      const top = operators.map((operator) => ({ operator, share: share(operator) })).sort((a, b) => b.share - a.share)[0];
      if (!top) return [];
      const of = own.length === 1 ? '1 model' : `mean of ${formatPlural(own.length, 'model')}`;
      return [
        `Of the operators on ${configurationName(configuration)}, ${formatName(top.operator)} takes the most time: ${formatShare(top.share)} (${of}).`,
      ];
    }),
  blocks: ({ kernels }) =>
    kernels.length === 0
      ? []
      : [
          paragraph(
            'From the frameworks’ own profilers, in a pass of its own, each operator counted once. Beside each type its share of all operators’ time, and how many times as long as natively it takes.',
          ),
          table('The five types of operators that take the most time', columns, kernels),
        ],
  brief: ({ kernels }) =>
    kernels.length === 0
      ? []
      : [table('Operators that take the most time, and how many times as long as natively', columns, kernels)],
  tables: ({ kernels }) => [
    table(
      'kernels',
      typeColumns,
      kernels.flatMap(({ cell, types }) => types.map((type) => ({ cell, type }))),
    ),
  ],
};
