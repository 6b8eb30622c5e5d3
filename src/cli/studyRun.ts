import { collectRun } from '../../collectors/collectRun.js';
import type { StudyFile } from '../../collectors/study/readStudyFile.js';
import type { RunCell } from '../../collectors/study/runStudy.js';
import { passesOf } from '../../collectors/study/studyOrder.js';
import { ModelError } from '../../models/modelError.js';
import type { ResolvedStudyModel } from './studyModels.js';
import { workloadOf } from './workloadOf.js';

/** How a study's cell is run: as `trace collect` does, with the passes of its round. */
export function studyRun({ plan: { iterations, seed } }: StudyFile, models: ReadonlyMap<string, ResolvedStudyModel>): RunCell {
  return async (cell, round, folder, progress, signal) => {
    const { nameOrPath, shapes } = models.get(cell.model)!;
    try {
      const workload = await workloadOf({ ...cell, model: nameOrPath, shapes, isolated: true, iterations, seed });
      return await collectRun({ ...workload, folder, ...passesOf(round), ladder: null }, progress, signal);
    } catch (error) {
      // A model that cannot be had is a result; a disk that is full is not.
      if (!(error instanceof ModelError)) throw error;
      return { status: 'discarded', reason: error.message, timed: false };
    }
  };
}
