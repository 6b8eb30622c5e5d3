import type { Study, StudyRun } from '../../src/bundle/study.js';
import { remainingRuns } from './remainingRuns.js';

export interface TimeLeft {
  readonly ms: number;
  /** Nothing is known yet of runs that only time, so those that also record stand for them, which take longer. */
  readonly atMost: boolean;
}

/**
 * How long the rest of a study will take, from the runs that were done: of the same cell in a round of the same kind, else of all in such
 * rounds, else of all.
 * @returns null before the first is done
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
