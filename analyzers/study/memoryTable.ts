import type { MemoryRow } from './studyAnalysis.js';
import type { CellRuns } from './studyCells.js';

/** Memory peaks of each cell and their ratios to the model's size, live and held apart. Cells without a memory pass are left out. */
export function memoryTable(cells: readonly CellRuns[]): MemoryRow[] {
  return cells.flatMap(({ facts, close }) => {
    if (!close?.memory) return [];
    const { modelBytes, live, held, process, gpuProcess } = close.memory;
    return [{ cell: facts, modelBytes, live, held, process, gpuProcess }];
  });
}
