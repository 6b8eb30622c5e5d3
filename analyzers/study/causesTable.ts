import type { CausesRow, MemoryRow } from './studyAnalysis.js';
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

/** Memory peaks of each cell and their ratios to the model's size, live and held apart. Cells without a memory pass are left out. */
export function memoryTable(cells: readonly CellRuns[]): MemoryRow[] {
  return cells.flatMap(({ facts, close }) => {
    if (!close?.memory) return [];
    const { modelBytes, live, held, process, gpuProcess } = close.memory;
    return [{ cell: facts, modelBytes, live, held, process, gpuProcess }];
  });
}
