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

export interface RunState {
  readonly cell: string;
  readonly round: number;
  readonly state: 'done' | 'failed' | 'missing';
  /** Why it failed; empty if it did not. */
  readonly reason: string;
}

/** What has become of every run that a study is to make. Of one that was made again, the last counts. */
export function runStates({ study, unreadable }: Pick<StudyInput, 'study' | 'unreadable'>): RunState[] {
  const key = (run: { readonly cell: string; readonly round: number }) => `${run.cell} ${run.round}`;
  const ended = new Map(study.runs.map((run) => [key(run), run]));
  const broken = new Map(unreadable.map((run) => [key(run), run.problem]));
  return study.order.map(({ cell, round }) => {
    const run = ended.get(key({ cell, round }));
    const problem = broken.get(key({ cell, round }));
    if (!run) return { cell, round, state: 'missing', reason: '' };
    if (run.outcome === 'failed') return { cell, round, state: 'failed', reason: run.reason ?? 'no reason was recorded' };
    return problem === undefined ? { cell, round, state: 'done', reason: '' } : { cell, round, state: 'failed', reason: problem };
  });
}
