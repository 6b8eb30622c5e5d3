import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StudyError } from './studyError.js';

/** Holds the id of the process that runs the study. */
export const LOCK_FILE = 'study.lock';

/**
 * Keeps a second process off a study's folder: it would take the run under way for one that was interrupted. The lock of a process
 * that is gone does not count.
 * @returns what releases the lock
 * @throws StudyError if another process has it
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, LOCK_FILE);
  const content = `${process.pid}\n`;
  try {
    await writeFile(path, content, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new StudyError(`${path} cannot be written: ${(error as Error).message}. Name another folder with --out.`);
    }
    const holder = Number(await readFile(path, 'utf8').catch(() => ''));
    if (isAlive(holder)) {
      throw new StudyError(
        `The study in ${folder} is being run by process ${holder}. Wait for it, or, if that is another program, delete ${path}.`,
      );
    }
    await writeFile(path, content);
  }
  return () => rm(path, { force: true });
}

function isAlive(pid: number): boolean {
  // In a container the ids begin anew with every start.
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
