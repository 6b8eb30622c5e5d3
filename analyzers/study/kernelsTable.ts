import type { KernelsRow } from './studyAnalysis.js';
import type { CellRuns } from './studyCells.js';

/** As many as the paper lists. */
const MOST_TYPES = 5;

/** The types of operators that take the most time in each cell, and how far each is from native. Cells without a profile are left out. */
export function kernelsTable(cells: readonly CellRuns[]): KernelsRow[] {
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
