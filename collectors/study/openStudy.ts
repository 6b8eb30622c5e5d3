import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { studyDocument } from '../../src/bundle/readStudy.js';
import { refuseLinks } from '../../src/bundle/refuseLinks.js';
import { writeWhole } from '../../src/bundle/replaceFile.js';
import { type Study, studyFiles } from '../../src/bundle/study.js';
import { type OpenedWork, openWork, type WorkKind } from '../openWork.js';
import { StudyError } from './studyPlan.js';

export interface OpenOptions {
  /** Forgets failed runs, so that they, and the runs that were left out because of them, are run. */
  readonly retryFailed: boolean;
}

/**
 * Begins a study in its folder, or continues the one that was begun there. It removes what an interrupted run left behind, and
 * writes `study.json`.
 * @param fresh the study to begin if there is none
 * @throws StudyError if the folder contains something else, a study of another file or machine, or is in use
 * @throws BundleError if it cannot be written, its `study.json` cannot be read, or a link leads out of it
 */
export function openStudy(folder: string, fresh: Study, { retryFailed }: OpenOptions): Promise<OpenedWork<Study>> {
  return openWork(folder, fresh, kind, async (study) => {
    if (retryFailed) study.runs = study.runs.filter(({ outcome }) => outcome !== 'failed');
    await saveStudy(folder, study);
    await clearLeftovers(folder, study);
  });
}

const kind: WorkKind<Study> = {
  document: studyDocument,
  refuse: (problem) => new StudyError(problem),
  differs: (begun, fresh) =>
    begun.sha256 === fresh.sha256
      ? null
      : `the study "${begun.name}" of a file with another content. Give this one a folder of its own with --out, or undo the change of the file to go on with that one.`,
};

/** Writes `study.json`, completely or not at all. @throws BundleError if it cannot be written */
export function saveStudy(folder: string, study: Study): Promise<void> {
  return writeWhole(join(folder, studyFiles.study), `${JSON.stringify(study, null, 2)}\n`);
}

async function clearLeftovers(folder: string, { order, runs }: Study): Promise<void> {
  const ended = new Set(runs.map(({ cell, round }) => `${cell} ${round}`));
  for (const { cell, round } of order) {
    if (ended.has(`${cell} ${round}`)) continue;
    await refuseLinks(folder, studyFiles.runs, cell);
    await rm(join(folder, studyFiles.runs, cell, String(round)), { recursive: true, force: true });
  }
}
