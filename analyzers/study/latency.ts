import { type Column, paragraph, table } from '../../src/view/block.js';
import { formatInterval, formatRatio } from '../../src/view/format.js';
import type { CellFacts, CellRuns } from './cells.js';
import { onceEach, predictionEstimate, processes, type RoundsEstimate } from './estimates.js';
import type { GapTable } from './gap.js';
import { cellColumns, estimated, type StudyView } from './view.js';
import type { WarmupTable } from './warmup.js';

/** Latency of a cell: medians of each fresh browser, averaged. */
export interface LatencyRow {
  readonly cell: CellFacts;
  readonly setupMs: RoundsEstimate | null;
  readonly warmupMs: RoundsEstimate | null;
  readonly predictionMs: RoundsEstimate | null;
  /** Number of fresh browsers, and of predictions in all of them. */
  readonly rounds: number;
  readonly predictions: number;
}

/**
 * Setup (fetching the model and creating the session), warm-up (the first inference) and prediction (the later ones) of each
 * cell. Each is the median in every fresh browser, averaged over browsers, with the interval in which another browser would fall.
 * Cells without a readable run are left out.
 */
export function latencyTable(cells: readonly CellRuns[]): readonly LatencyRow[] {
  return cells
    .filter(({ runs }) => runs.length > 0)
    .map(({ facts, runs }) => {
      const all = processes(runs);
      return {
        cell: facts,
        setupMs: onceEach(all, ({ setupMs }) => setupMs),
        warmupMs: onceEach(all, ({ warmupMs }) => warmupMs),
        predictionMs: predictionEstimate(runs),
        rounds: all.length,
        predictions: all.flatMap(({ rounds }) => rounds.flatMap(({ browserMs }) => browserMs)).length,
      };
    });
}

interface Known {
  readonly latency: readonly LatencyRow[];
  readonly gap: GapTable;
  readonly warmup: WarmupTable;
}

/** In the terminal one table answers three questions: warm-up and native are columns of the latency table. */
interface Row extends LatencyRow {
  readonly warmupRatio: RoundsEstimate | null;
  readonly nativeMs: RoundsEstimate | null;
  readonly ratio: RoundsEstimate | null;
}

const columns: readonly Column<Row>[] = [
  ...cellColumns,
  { id: 'setupMs', head: 'Setup', kind: 'ms', ...estimated(({ setupMs }) => setupMs) },
  {
    id: 'warmupMs',
    head: 'Warm-up',
    kind: 'ms',
    ...estimated(({ warmupMs }) => warmupMs),
    short: { note: ({ warmupRatio }) => `(${formatRatio(warmupRatio?.value ?? null)})` },
  },
  { id: 'predictionMs', head: 'Prediction', kind: 'ms', ...estimated(({ predictionMs }) => predictionMs) },
  {
    id: 'predictionCi95',
    head: '95 %',
    kind: 'figures',
    in: ['terminal'],
    value: ({ predictionMs }) => predictionMs && formatInterval(predictionMs.ci95, predictionMs.value),
  },
  { id: 'nativeMs', head: 'Native', kind: 'ms', in: ['terminal'], ...estimated(({ nativeMs }) => nativeMs) },
  { id: 'ratio', head: 'Ratio', kind: 'ratio', in: ['terminal'], ...estimated(({ ratio }) => ratio) },
  { id: 'rounds', head: 'Browsers', kind: 'count', in: ['data', 'page'], value: ({ rounds }) => rounds },
  { id: 'predictions', head: 'Predictions', kind: 'count', in: ['data', 'page'], value: ({ predictions }) => predictions },
];

function rowsOf({ latency, gap, warmup }: Known): Row[] {
  return latency.map((row) => {
    const native = gap.rows.find(({ cell }) => cell.id === row.cell.id);
    const first = warmup.rows.find(({ cell }) => cell.id === row.cell.id);
    return { ...row, warmupRatio: first?.ratio ?? null, nativeMs: native?.nativeMs ?? null, ratio: native?.ratio ?? null };
  });
}

export const latencyView: StudyView<Known> = {
  id: 'latency',
  title: 'Latency',
  findings: () => [],
  blocks: (known) =>
    known.latency.length === 0
      ? []
      : [
          paragraph(
            'Setup creates the session, the model’s fetch included; warm-up is the first inference; prediction is each later one, timed with nothing recording. Below each number its 95 % interval.',
          ),
          table('Latency of each cell', columns, rowsOf(known)),
        ],
  brief: (known) =>
    known.latency.length === 0 ? [] : [table('Latency (warm-up over prediction in brackets)', columns, rowsOf(known))],
  tables: (known) => [table('latency', columns, rowsOf(known))],
};
