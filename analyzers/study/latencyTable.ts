import { median } from 'simple-statistics';
import { overRounds } from './overRounds.js';
import { predictionEstimate } from './predictionEstimate.js';
import { type Process, processes } from './processes.js';
import type { LatencyRow, RoundsEstimate } from './studyAnalysis.js';
import type { CellRuns } from './studyCells.js';

/**
 * Setup (fetching the model and creating the session), warm-up (the first inference) and prediction (the later ones) of each cell:
 * the median in every fresh browser, averaged over them, with the interval in which another one would fall. Cells without a run
 * that can be read are left out.
 */
export function latencyTable(cells: readonly CellRuns[]): LatencyRow[] {
  return cells
    .filter(({ runs }) => runs.length > 0)
    .map(({ facts, runs }) => {
      const all = processes(runs);
      return {
        cell: facts,
        setupMs: once(all, ({ setupMs }) => setupMs),
        warmupMs: once(all, ({ warmupMs }) => warmupMs),
        predictionMs: predictionEstimate(runs),
        rounds: all.length,
        predictions: all.flatMap(({ rounds }) => rounds.flatMap(({ browserMs }) => browserMs)).length,
      };
    });
}

/** What happens once in each process. */
function once(all: readonly Process[], pick: (process: Process) => number | null): RoundsEstimate | null {
  return overRounds(
    all.map((process) => [[pick(process)].filter((ms) => ms !== null)]),
    median,
  );
}
