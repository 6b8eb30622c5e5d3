import type { StudyCell } from '../../src/bundle/study.js';
import { type Column, paragraph, table } from '../../src/view/block.js';
import { formatPlural } from '../../src/view/format.js';
import type { CellFacts, CellRuns } from './cells.js';
import type { StudyInput } from './studyInput.js';
import { namedColumns, type StudyView } from './view.js';

export interface Failures {
  /** Combinations that cannot run at all. */
  readonly excluded: readonly { readonly cell: StudyCell; readonly reason: string }[];
  /** Cells with failed runs, by reason. */
  readonly failed: readonly {
    readonly cell: CellFacts;
    readonly reason: string;
    readonly rounds: readonly number[];
    /** Number of the cell's runs that succeeded. */
    readonly done: number;
  }[];
  /** Rounds that have not run yet. */
  readonly missing: readonly { readonly cell: CellFacts; readonly rounds: readonly number[] }[];
}

/** What could not run and why: excluded from the start, failed, or not run yet. */
export function failuresTable(cells: readonly CellRuns[], input: StudyInput): Failures {
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

interface RunState {
  readonly cell: string;
  readonly round: number;
  readonly state: 'done' | 'failed' | 'missing';
  /** Why it failed; empty if it did not. */
  readonly reason: string;
}

/** The state of every run of a study. If a run was repeated, the last one counts. */
function runStates({ study, unreadable }: Pick<StudyInput, 'study' | 'unreadable'>): RunState[] {
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

/** How many runs a study has, and in which state they are. */
export interface RunCounts {
  readonly planned: number;
  readonly done: number;
  readonly failed: number;
  readonly missing: number;
}

export function runCounts(input: StudyInput): RunCounts {
  const states = runStates(input);
  const count = (wanted: RunState['state']) => states.filter(({ state }) => state === wanted).length;
  return { planned: states.length, done: count('done'), failed: count('failed'), missing: count('missing') };
}

interface FailureRow {
  readonly cell: StudyCell & Partial<CellFacts>;
  readonly kind: keyof Failures;
  readonly rounds: readonly number[];
  /** A short text: "cannot run", "failed in 2 rounds". */
  readonly what: string;
  /** Null where it has only not run yet. */
  readonly reason: string | null;
}

/** Excluded combinations first, then failed runs, then missing ones. */
function rowsOf({ excluded, failed, missing }: Failures): FailureRow[] {
  return [
    ...excluded.map(({ cell, reason }) => ({ cell, kind: 'excluded' as const, rounds: [], what: 'cannot run', reason })),
    ...failed.map(({ cell, reason, rounds, done }) => ({
      cell,
      kind: 'failed' as const,
      rounds,
      what: `failed in ${formatPlural(rounds.length, 'round')}${done > 0 ? `, ${done} succeeded` : ''}`,
      reason,
    })),
    ...missing.map(({ cell, rounds }) => ({
      cell,
      kind: 'missing' as const,
      rounds,
      what: `${formatPlural(rounds.length, 'round')} missing`,
      reason: null,
    })),
  ];
}

const columns: readonly Column<FailureRow>[] = [
  ...namedColumns,
  { id: 'kind', head: 'Kind', kind: 'text', in: ['data'], value: ({ kind }) => kind },
  { id: 'rounds', head: 'Rounds', kind: 'text', in: ['data'], value: ({ rounds }) => rounds.join(' ') },
  { id: 'what', head: 'What', kind: 'text', in: ['page', 'terminal'], value: ({ what }) => what },
  { id: 'reason', head: 'Reason', kind: 'text', in: ['data'], value: ({ reason }) => reason },
  { id: 'why', head: 'Why', kind: 'text', limit: 500, in: ['page', 'terminal'], value: ({ reason }) => reason ?? 'not run yet' },
];

const MOST_IN_TERMINAL = 12;

export const failuresView: StudyView<{ readonly failures: Failures; readonly study: { readonly runs: RunCounts } }> = {
  id: 'failures',
  title: 'What could not run',
  findings({ failures: { excluded, failed }, study: { runs } }) {
    const cells = new Set(failed.map(({ cell }) => cell.id)).size;
    return [
      ...(excluded.length > 0 ? [`${formatPlural(excluded.length, 'combination')} cannot run here at all.`] : []),
      ...(cells > 0 ? [`${runs.failed} of ${formatPlural(runs.planned, 'run')} failed, in ${formatPlural(cells, 'cell')}.`] : []),
      ...(runs.missing > 0
        ? [`The study is not finished: ${runs.missing} of ${formatPlural(runs.planned, 'run')} are still to be made.`]
        : []),
    ];
  },
  blocks({ failures }) {
    const rows = rowsOf(failures);
    return rows.length === 0 ? [] : [table('Combinations without a result, or with fewer runs than planned', columns, rows)];
  },
  brief({ failures }) {
    const rows = rowsOf(failures);
    if (rows.length === 0) return [];
    const more = rows.length - MOST_IN_TERMINAL;
    return [
      table('What could not run', columns, rows.slice(0, MOST_IN_TERMINAL)),
      ...(more > 0 ? [paragraph(`${more} more in the report`)] : []),
    ];
  },
  tables: ({ failures }) => [table('failures', columns, rowsOf(failures))],
};
