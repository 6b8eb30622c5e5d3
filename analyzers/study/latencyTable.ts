import { median } from 'simple-statistics';
import { overRounds, pairedRatio } from './pairedRatio.js';
import { type Process, processes } from './processes.js';
import type { LatencyRow, RoundsEstimate, WarmupRow } from './studyAnalysis.js';
import type { CellRuns } from './studyCells.js';
import type { StudyRunInput } from './studyInput.js';

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

/** The prediction of a cell: the median of each fresh browser, averaged. Null where nothing was timed. */
export function predictionEstimate(runs: readonly StudyRunInput[]): RoundsEstimate | null {
  return overRounds(
    processes(runs).map(({ rounds }) => rounds.map(({ browserMs }) => browserMs)),
    median,
  );
}

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
