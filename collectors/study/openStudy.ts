import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isStudy, readStudy } from '../../src/bundle/readStudy.js';
import { refuseLinks } from '../../src/bundle/refuseLinks.js';
import { isPartial, writeWhole } from '../../src/bundle/replaceFile.js';
import { type Study, studyFiles } from '../../src/bundle/study.js';
import { lockFolder } from '../lockFolder.js';
import { StudyError } from './studyPlan.js';

const LOCK_FILE = 'study.lock';

export interface OpenOptions {
  /** Forgets failed runs, so that they, and the runs that were left out because of them, are run. */
  readonly retryFailed: boolean;
}

export interface OpenedStudy {
  readonly study: Study;
  /** Whether it had been begun before. */
  readonly resumed: boolean;
  /** Must be called at the end. Until then no other process can open the study. */
  close(): Promise<void>;
}

/**
 * Begins a study in its folder, or continues the one that was begun there. It removes what an interrupted run left behind, and
 * writes `study.json`.
 * @param fresh the study to begin if there is none
 * @throws StudyError if the folder contains something else, a study of another file or machine, or is in use
 * @throws BundleError if it cannot be written, its `study.json` cannot be read, or a link leads out of it
 */
export async function openStudy(folder: string, fresh: Study, { retryFailed }: OpenOptions): Promise<OpenedStudy> {
  await refuseLinks(folder);
  await mkdir(folder, { recursive: true }).catch((error: Error) => {
    throw new StudyError(`${folder} cannot be made: ${error.message}. Name another folder with --out.`);
  });
  const close = await lockFolder(folder, LOCK_FILE, (problem) => new StudyError(problem));
  try {
    const begun = (await isStudy(folder)) ? await readStudy(folder) : null;
    if (begun) checkSame(folder, begun, fresh);
    else await checkEmpty(folder);
    const study = begun ?? fresh;
    if (retryFailed) study.runs = study.runs.filter(({ outcome }) => outcome !== 'failed');
    await saveStudy(folder, study);
    await clearLeftovers(folder, study);
    return { study, resumed: begun !== null, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Writes `study.json`, completely or not at all. @throws BundleError if it cannot be written */
export function saveStudy(folder: string, study: Study): Promise<void> {
  return writeWhole(join(folder, studyFiles.study), `${JSON.stringify(study, null, 2)}\n`);
}

function checkSame(folder: string, begun: Study, fresh: Study): void {
  if (begun.sha256 !== fresh.sha256) {
    throw new StudyError(
      `${folder} holds the study "${begun.name}" of a file with another content. Give this one a folder of its own with --out, or undo the change of the file to go on with that one.`,
    );
  }
  const machine = ({ machine: { cpu, cores } }: Study): string => `${cpu}, ${cores} cores`;
  if (machine(begun) !== machine(fresh)) {
    throw new StudyError(
      `The study in ${folder} was begun on another machine (${machine(begun)}; this is ${machine(fresh)}), and times of two machines do not compare. Begin anew here with --out.`,
    );
  }
}

async function checkEmpty(folder: string): Promise<void> {
  // A process killed before the first study.json was complete leaves a partial one.
  if ((await readdir(folder)).some((name) => name !== LOCK_FILE && !isPartial(name))) {
    throw new StudyError(`${folder} is not empty and holds no study. Name another folder with --out.`);
  }
}

async function clearLeftovers(folder: string, { order, runs }: Study): Promise<void> {
  const ended = new Set(runs.map(({ cell, round }) => `${cell} ${round}`));
  for (const { cell, round } of order) {
    if (ended.has(`${cell} ${round}`)) continue;
    await refuseLinks(folder, studyFiles.runs, cell);
    await rm(join(folder, studyFiles.runs, cell, String(round)), { recursive: true, force: true });
  }
}
