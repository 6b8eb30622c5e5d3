import { geometricMean, median } from 'simple-statistics';
import { baselineName } from '../gap/gap.js';
import { byConfiguration } from './configurations.js';
import { overRounds, pairedRatio } from './pairedRatio.js';
import { processes } from './processes.js';
import type { CellFacts, GapRow, RatioSummary, RoundsEstimate } from './studyAnalysis.js';
import type { CellRuns } from './studyCells.js';

/**
 * How far each cell is from native. Both ran in turn inside every run, so the ratio is paired within it. Cells without a native run
 * beside them are left out.
 */
export function gapTable(cells: readonly CellRuns[]): GapRow[] {
  return cells.flatMap(({ facts, runs }) => {
    const pairs = processes(runs).map(({ rounds }) =>
      rounds.filter(({ browserMs, nativeMs }) => browserMs.length > 0 && nativeMs.length > 0).map((round) => [round]),
    );
    const side = (pick: (round: (typeof pairs)[number][number][number]) => readonly number[]) =>
      overRounds(
        pairs.map((rounds) => rounds.map((round) => round.flatMap(pick))),
        median,
      );
    const browserMs = side((round) => round.browserMs);
    const nativeMs = side((round) => round.nativeMs);
    const ratio = pairedRatio(
      pairs,
      (round) => round.browserMs,
      (round) => round.nativeMs,
    );
    const tfjsNodeRatio = pairedRatio(
      processes(runs).map(({ rounds }) => rounds.map((round) => [round])),
      (round) => round.browserMs,
      (round) => round.tfjsNodeMs ?? [],
    );
    // Each run of a cell has the same.
    const baseline = runs.find((run) => run.baseline)?.baseline;
    return browserMs && nativeMs && ratio && baseline
      ? [{ cell: facts, browserMs, nativeMs, ratio, baseline: baselineName(baseline), tfjsNodeRatio }]
      : [];
  });
}

/**
 * Ratios of each configuration over its models: geometric mean and range, as the paper's tables give them. A cell that computed
 * something else than native is left out: its latency is not of the same work.
 */
export function ratioSummaries(rows: readonly { readonly cell: CellFacts; readonly ratio: RoundsEstimate }[]): RatioSummary[] {
  return byConfiguration(rows.filter(({ cell }) => cell.outputs !== 'differ')).map(({ configuration, rows: own }) => {
    const sorted = own
      .map(({ cell, ratio }) => ({ ratio: ratio.value, model: cell.modelTitle }))
      .sort((a, b) => a.ratio - b.ratio);
    return {
      configuration,
      models: sorted.length,
      geometricMean: geometricMean(sorted.map(({ ratio }) => ratio)),
      lowest: sorted[0]!,
      highest: sorted.at(-1)!,
    };
  });
}
