import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readWhole } from '../src/bundle/openFile.js';

/**
 * Keeps other processes out of a folder that one works in for long: they would mistake its current run for an interrupted one. The
 * lock is a file with the id of the process; that of a dead process does not count.
 * @param refuse makes the error that is thrown where another process has it, or it cannot be written
 * @returns a function that releases the lock
 */
export async function lockFolder(folder: string, name: string, refuse: (problem: string) => Error): Promise<() => Promise<void>> {
  const path = join(folder, name);
  const content = `${process.pid}\n`;
  try {
    await writeFile(path, content, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw refuse(`${path} cannot be written: ${(error as Error).message}. Name another folder with --out.`);
    }
    const holder = Number(await readWhole(path).catch(() => ''));
    if (isAlive(holder)) {
      throw refuse(
        `What is in ${folder} is being run by process ${holder}. Wait for it, or, if that is another program, delete ${path}.`,
      );
    }
    await rm(path, { force: true });
    await writeFile(path, content, { flag: 'wx' }).catch((again: Error) => {
      throw refuse(`${path} cannot be written: ${again.message}. Is it being begun twice?`);
    });
  }
  return () => rm(path, { force: true });
}

function isAlive(pid: number): boolean {
  // In a container, process ids start again with every start.
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
