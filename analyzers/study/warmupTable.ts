import { pairedRatio } from './pairedRatio.js';
import { type Process, processes } from './processes.js';
import type { LatencyRow, WarmupRow } from './studyAnalysis.js';
import type { CellRuns } from './studyCells.js';

/** How many later inferences the first one is worth, in the same fresh browser; with setup beside it. */
export function warmupTable(cells: readonly CellRuns[], latency: readonly LatencyRow[]): WarmupRow[] {
  return cells.flatMap(({ facts, runs }) => {
    const known = latency.find(({ cell }) => cell.id === facts.id);
    const ratio = pairedRatio(
      processes(runs).map((process) => [[process]]),
      ({ warmupMs }) => (warmupMs === null ? [] : [warmupMs]),
      predictions,
    );
    if (!known?.warmupMs || !known.predictionMs || !ratio) return [];
    return [{ cell: facts, setupMs: known.setupMs, warmupMs: known.warmupMs, predictionMs: known.predictionMs, ratio }];
  });
}

const predictions = ({ rounds }: Process): number[] => rounds.flatMap(({ browserMs }) => browserMs);
