import { median } from 'simple-statistics';
import { overRounds } from './overRounds.js';
import { processes } from './processes.js';
import type { RoundsEstimate } from './studyAnalysis.js';
import type { StudyRunInput } from './studyInput.js';

/** The prediction of a cell: the median of each fresh browser, averaged. Null where nothing was timed. */
export function predictionEstimate(runs: readonly StudyRunInput[]): RoundsEstimate | null {
  return overRounds(
    processes(runs).map(({ rounds }) => rounds.map(({ browserMs }) => browserMs)),
    median,
  );
}
