import { conditionTitle, isGpuCondition } from '../../src/bundle/qoeConditions.js';
import { type Column, paragraph, table } from '../../src/view/block.js';
import { formatMs, formatName, percent } from '../../src/view/format.js';
import type { Estimate } from '../qoe/estimate.js';
import type { Qoe } from '../qoe/qoe.js';
import { SOFTWARE_GPU } from '../qoe/words.js';
import type { CellFacts, CellRuns } from './cells.js';
import { longConfiguration } from './configurations.js';
import { cellColumns, type StudyView } from './view.js';

/** A page that is used while a cell's model infers, in one condition. */
export interface QoeRow {
  readonly cell: CellFacts;
  readonly condition: Qoe['conditions'][number]['id'];
  readonly inferenceMs: number | null;
  readonly inputToPaintMs: Estimate | null;
  /** Over the page without inference. */
  readonly increase: Estimate | null;
  readonly smooth: Estimate | null;
  readonly videoCallbacksPerSecond: Estimate | null;
  /** Whether the machine was too busy to tell what inference adds. */
  readonly isContended: boolean;
  /** Whether the model was on a GPU that the processor stood in for. */
  readonly isSoftwareGpu: boolean;
}

/** What a user gets in each cell; cells without such a pass are left out. */
export function qoeTable(cells: readonly CellRuns[]): readonly QoeRow[] {
  return cells.flatMap(({ facts, close }) => {
    const qoe = close?.qoe;
    if (!qoe) return [];
    return qoe.conditions.map(({ id, inferenceMs }, i) => {
      const { medianMs, increase } = qoe.responsiveness[i]!;
      const { smooth, videoCallbacksPerSecond } = qoe.smoothness[i]!;
      const { isContended } = qoe;
      return {
        cell: facts,
        condition: id,
        inferenceMs,
        inputToPaintMs: medianMs,
        increase,
        smooth,
        videoCallbacksPerSecond,
        isContended,
        isSoftwareGpu: qoe.isSoftwareGpu && isGpuCondition(id),
      };
    });
  });
}

const estimatedAs = (of: (row: QoeRow) => Estimate | null): Required<Pick<Column<QoeRow>, 'value' | 'ci95'>> => ({
  value: (row) => of(row)?.value ?? null,
  ci95: (row) => of(row)?.ci95 ?? null,
});

const columns: readonly Column<QoeRow>[] = [
  ...cellColumns,
  {
    id: 'condition',
    head: 'Inference',
    kind: 'text',
    value: ({ condition }) => conditionTitle(condition),
    doubt: ({ isContended, isSoftwareGpu }) =>
      isContended ? 'The machine was too busy to tell what inference adds' : isSoftwareGpu ? SOFTWARE_GPU : null,
  },
  { id: 'inferenceMs', head: 'One takes', kind: 'ms', value: ({ inferenceMs }) => inferenceMs },
  { id: 'inputToPaintMs', head: 'Input to paint', kind: 'ms', ...estimatedAs((row) => row.inputToPaintMs) },
  { id: 'increase', head: 'Longer than without', kind: 'share', ...estimatedAs((row) => row.increase) },
  { id: 'smooth', head: 'Smooth vsyncs', kind: 'share', ...estimatedAs((row) => row.smooth) },
  {
    id: 'videoCallbacksPerSecond',
    head: 'Video frames/s that the page could process',
    kind: 'rate',
    in: ['page', 'data'],
    ...estimatedAs((row) => row.videoCallbacksPerSecond),
  },
];

export const qoeView: StudyView<{ readonly qoe: readonly QoeRow[] }> = {
  id: 'qoe',
  title: 'While inference runs',
  findings({ qoe }) {
    const onMain = qoe.flatMap(({ condition, increase, ...row }) =>
      condition === 'main' && increase ? [{ ...row, increase }] : [],
    );
    const worst = onMain.sort((a, b) => b.increase.value - a.increase.value)[0];
    if (!worst) return [];
    const worker = qoe.find(({ cell, condition }) => cell === worst.cell && condition === 'worker');
    const inWorker = worker?.inputToPaintMs ? `; in a worker it takes ${formatMs(worker.inputToPaintMs.value)}` : '';
    return [
      `A page is held up most by ${formatName(worst.cell.modelTitle, 60)} on ${longConfiguration(worst.cell)}: on its main thread input to paint takes ${formatMs(worst.inputToPaintMs?.value ?? null)}, ${percent(worst.increase.value)} more than without inference${inWorker}.`,
    ];
  },
  blocks: ({ qoe }) =>
    qoe.length === 0
      ? []
      : [
          paragraph(
            'A page with a list that is operated by real input, two animations and a video, used while the model infers on its main thread or in a worker, beside the same page without inference.',
          ),
          table('A page that is used', columns, qoe),
        ],
  brief: ({ qoe }) => (qoe.length === 0 ? [] : [table('While inference runs: a page that is used', columns, qoe)]),
  tables: ({ qoe }) => [table('qoe', columns, qoe)],
};
