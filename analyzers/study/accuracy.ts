import { conditionTitle } from '../../src/bundle/qoeConditions.js';
import { type Column, paragraph, table } from '../../src/view/block.js';
import { formatMs, formatName, formatScore } from '../../src/view/format.js';
import type { LiveAccuracy } from '../accuracy/liveAccuracy.js';
import { where } from '../accuracy/view.js';
import type { CellFacts, CellRuns } from './cells.js';
import { longConfiguration } from './configurations.js';
import { cellColumns, type StudyView } from './view.js';

/** What pages showed of a cell’s detector while the scene moved, in one place and at one speed. */
export interface AccuracyRow {
  readonly cell: CellFacts;
  /** AP@.5 and AP@[.5:.95] of results that are fresh. */
  readonly atZero: number;
  readonly atZeroAp: number;
  readonly live: LiveAccuracy;
}

/** How accurate the detector of each cell is when its results are shown; cells without such a pass are left out. */
export function accuracyTable(cells: readonly CellRuns[]): readonly AccuracyRow[] {
  return cells.flatMap(({ facts, close }) => {
    const accuracy = close?.accuracy;
    if (!accuracy) return [];
    const { atZero, atZeroAp } = accuracy;
    return accuracy.live.map((live) => ({ cell: facts, atZero, atZeroAp, live }));
  });
}

const columns: readonly Column<AccuracyRow>[] = [
  ...cellColumns,
  { id: 'condition', head: 'Model runs', kind: 'text', value: ({ live }) => conditionTitle(live.condition) },
  { id: 'speed', head: 'Speed, px/s', kind: 'count', short: { head: 'px/s' }, value: ({ live }) => live.speed },
  { id: 'pages', head: 'Pages', kind: 'count', in: ['page', 'data'], value: ({ live }) => live.pages },
  { id: 'ageMs', head: 'Age', kind: 'ms', value: ({ live }) => live.ageMs.p50, ci95: ({ live }) => live.ageMs.ci95 },
  { id: 'ageP95Ms', head: 'Age, p95', kind: 'ms', in: ['page', 'data'], value: ({ live }) => live.ageMs.p95 },
  { id: 'ap50', head: 'AP@.5', kind: 'score', value: ({ live }) => live.measured, ci95: ({ live }) => live.ci95 },
  {
    id: 'ap',
    head: 'AP@[.5:.95]',
    kind: 'score',
    value: ({ live }) => live.measuredAp,
    ci95: ({ live }) => live.measuredApCi95,
  },
  { id: 'predictedAp50', head: 'AP@.5 predicted', kind: 'score', in: ['page', 'data'], value: ({ live }) => live.predicted },
  { id: 'freshAp50', head: 'AP@.5 fresh', kind: 'score', in: ['page', 'data'], value: ({ atZero }) => atZero },
  { id: 'freshAp', head: '[.5:.95] fresh', kind: 'score', in: ['page', 'data'], value: ({ atZeroAp }) => atZeroAp },
];

export const accuracyView: StudyView<{ readonly accuracy: readonly AccuracyRow[] }> = {
  id: 'accuracy',
  title: 'Accuracy under latency',
  findings({ accuracy }) {
    const lost = ({ atZero, live }: AccuracyRow): number => atZero - live.measured;
    const worst = [...accuracy].sort((a, b) => lost(b) - lost(a))[0];
    if (!worst) return [];
    const { cell, live, atZero } = worst;
    return [
      `${formatName(cell.modelTitle, 60)} on ${longConfiguration(cell)} loses most accuracy to latency: ${where(live)} results are ${formatMs(live.ageMs.p50)} old, and AP@.5 is ${formatScore(live.measured)}, where fresh ones have ${formatScore(atZero)}.`,
    ];
  },
  blocks: ({ accuracy }) =>
    accuracy.length === 0
      ? []
      : [
          paragraph(
            'Lines of text move at a known speed, and a detector’s last result is shown until the next one comes, with the model on the page’s main thread or in a worker. Means over fresh pages; intervals are of pages. Predicted is what follows from the latencies alone.',
          ),
          table('What was shown while the scene moved', columns, accuracy),
        ],
  brief: ({ accuracy }) =>
    accuracy.length === 0 ? [] : [table('Accuracy under latency: what was shown while a scene moved', columns, accuracy)],
  tables: ({ accuracy }) => [table('accuracy', columns, accuracy)],
};
