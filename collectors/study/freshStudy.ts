import { availableParallelism } from 'node:os';
import type { Study } from '../../src/bundle/study.js';
import { machineFacts } from '../machine/machineFacts.js';
import { combinationsOf, expandCells, type StudyModel } from './expandCells.js';
import type { StudyFile } from './readStudyFile.js';
import { orderOfRuns } from './studyOrder.js';
import { StudyError } from './studyPlan.js';

/** More would take years, and `study.json` is rewritten after each. */
const MOST_RUNS = 100_000;

/** The study of a file on this machine, with no runs yet. @throws StudyError if no part of it can run, or it is too large */
export async function freshStudy(
  { path, plan, sha256 }: StudyFile,
  models: ReadonlyMap<string, StudyModel>,
  toolVersion: string,
): Promise<Study> {
  const planned = plan.rounds * plan.runs.reduce((sum, block) => sum + combinationsOf(block), 0);
  if (planned > MOST_RUNS) {
    throw new StudyError(
      `${path}: this study would have ${planned} runs, and ${MOST_RUNS} are the most. Take something out of "runs", or lower "rounds".`,
    );
  }
  const { cells, excluded } = expandCells(plan, models, availableParallelism());
  if (cells.length === 0) {
    const reasons = [...new Set(excluded.map(({ reason }) => reason))];
    throw new StudyError(`${path}: nothing of this study can be run: ${reasons.join('; ')}. Change "runs".`);
  }
  const { name, description, seed, rounds } = plan;
  return {
    schema: 'inferscope.study/1',
    toolVersion,
    name,
    description,
    startedAt: new Date().toISOString(),
    sha256,
    seed,
    rounds,
    machine: await machineFacts(),
    cells,
    excluded,
    order: orderOfRuns(cells, rounds, seed),
    runs: [],
  };
}
