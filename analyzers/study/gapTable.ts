import { median } from 'simple-statistics';
import { baselineName } from '../baselineName.js';
import { overRounds } from './overRounds.js';
import { pairedRatio } from './pairedRatio.js';
import { processes } from './processes.js';
import type { GapRow } from './studyAnalysis.js';
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
