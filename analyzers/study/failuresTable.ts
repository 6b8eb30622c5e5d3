import { runStates } from './runStates.js';
import type { Failures } from './studyAnalysis.js';
import type { CellRuns } from './studyCells.js';
import type { StudyInput } from './studyInput.js';

/** What could not run and why: excluded from the beginning, failed, or not run yet. */
export function failuresTable(input: StudyInput, cells: readonly CellRuns[]): Failures {
  const states = runStates(input);
  return {
    excluded: input.study.excluded,
    failed: cells.flatMap(({ facts, runs }) => {
      const own = states.filter(({ cell, state }) => cell === facts.id && state === 'failed');
      const reasons = [...new Set(own.map(({ reason }) => reason))];
      return reasons.map((reason) => ({
        cell: facts,
        reason,
        rounds: own.filter((each) => each.reason === reason).map(({ round }) => round),
        done: runs.length,
      }));
    }),
    missing: cells.flatMap(({ facts }) => {
      const rounds = states.filter(({ cell, state }) => cell === facts.id && state === 'missing').map(({ round }) => round);
      return rounds.length > 0 ? [{ cell: facts, rounds: rounds.sort((a, b) => a - b) }] : [];
    }),
  };
}
