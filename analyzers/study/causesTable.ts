import type { CausesRow } from './studyAnalysis.js';
import type { CellRuns } from './studyCells.js';

/** Where the time of each cell's predictions goes, by its traced run; shares of a row sum to 1. Cells without a trace are left out. */
export function causesTable(cells: readonly CellRuns[]): CausesRow[] {
  return cells.flatMap(({ facts, close }) => {
    if (!close?.partition) return [];
    const { windows, windowMedianMs, causes, unattributedShare } = close.partition;
    return [
      {
        cell: facts,
        round: close.round,
        windows,
        windowMedianMs,
        causes: causes.map(({ id, title, medianMs, share }) => ({ id, title, medianMs, share })),
        unattributedShare,
        placement: close.placement,
      },
    ];
  });
}
