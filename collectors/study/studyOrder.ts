import type { Study, StudyRun } from '../../src/bundle/study.js';
import { random } from '../../src/stats/random.js';
import { shuffled } from '../../src/stats/shuffled.js';
import type { CollectOptions } from '../collectOptions.js';
import { QOE_DEFAULTS } from '../qoe/qoeOptions.js';
import type { StudyPlan } from './studyPlan.js';

/**
 * All runs of a study: each cell once per round, in a new random order for each round, so that drift of the machine affects all
 * cells alike.
 */
export function orderOfRuns(cells: readonly { readonly id: string }[], rounds: number, seed: number): Study['order'] {
  const next = random(seed);
  return Array.from({ length: rounds }, (_, round) => shuffled(cells, next).map(({ id }) => ({ cell: id, round }))).flat();
}

/**
 * The passes of a run in a round: one timed process each, so that the rounds are the replicates. The first round also records.
 */
export function passesOf(
  { passes, qoe }: Pick<StudyPlan, 'passes' | 'qoe'>,
  round: number,
): Pick<CollectOptions, 'passes' | 'processes' | 'qoe'> {
  const records = round === 0;
  return { passes: records ? passes : ['timing'], processes: 1, qoe: records && qoe ? QOE_DEFAULTS : null };
}

/**
 * The remaining runs, in order. A cell that failed in its first round is left out: the reason (a missing operator, too little
 * memory) would recur.
 */
export function remainingRuns({ order, runs }: Pick<Study, 'order' | 'runs'>): Study['order'] {
  const ended = new Set(runs.map(({ cell, round }) => `${cell} ${round}`));
  const failedFirst = new Set(runs.filter(({ round, outcome }) => round === 0 && outcome === 'failed').map(({ cell }) => cell));
  return order.filter(({ cell, round }) => !ended.has(`${cell} ${round}`) && !failedFirst.has(cell));
}

export interface TimeLeft {
  readonly ms: number;
  /** An upper bound: no timing-only run has ended yet, so the estimate uses the longer runs that also record. */
  readonly atMost: boolean;
}

/**
 * Estimates the rest of a study from the finished runs. It uses runs of the same cell in a round of the same kind, otherwise of
 * all cells in such rounds, otherwise all runs. (The first round also records, the others only time.)
 * @returns null before the first run has finished
 */
export function timeLeft(study: Pick<Study, 'order' | 'runs'>): TimeLeft | null {
  const done = study.runs.filter(({ outcome }) => outcome === 'done');
  if (done.length === 0) return null;
  const like = (round: number): readonly StudyRun[] => done.filter((run) => (run.round === 0) === (round === 0));
  let ms = 0;
  let atMost = false;
  for (const { cell, round } of remainingRuns(study)) {
    const sameKind = like(round);
    const own = sameKind.filter((run) => run.cell === cell);
    if (sameKind.length === 0) atMost = true;
    ms += mean(own.length > 0 ? own : sameKind.length > 0 ? sameKind : done);
  }
  return { ms, atMost };
}

const mean = (runs: readonly StudyRun[]): number => runs.reduce((sum, { tookMs }) => sum + tookMs, 0) / runs.length;
