import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';
import { type Ended, runTrace } from '../cli/runTrace.js';
import { recordings } from './index.js';
import { listing } from './listing.js';

export interface Recording {
  /** The bundle. It is everybody's: who writes into it, as `trace analyze` does with its report, takes a copy. */
  readonly folder: string;
  /** What the command said that recorded it. */
  readonly collected: Ended;
}

/**
 * A recording that several tests look at. The first that asks has it made, and the others wait for it.
 * @throws if it cannot be recorded; the next that asks tries again
 */
export async function recording(name: keyof typeof recordings): Promise<Recording> {
  const root = inject('recordings');
  const folder = join(root, name);
  const done = join(root, `${name}.json`);
  const lock = join(root, `${name}.lock`);
  while (!existsSync(done)) {
    if (!(await isFirst(lock))) {
      await sleep(200);
      continue;
    }
    try {
      // It may have been made between the look and the lock.
      if (!existsSync(done)) await record(name, folder, done);
    } finally {
      await rmdir(lock);
    }
  }
  return { folder, collected: JSON.parse(await readFile(done, 'utf8')).collected };
}

/** A copy of a recording, for a test that writes into it. @param to a folder that is not there */
export async function copyOf(name: keyof typeof recordings, to: string): Promise<string> {
  const { folder } = await recording(name);
  await cp(folder, to, { recursive: true });
  return to;
}

async function record(name: keyof typeof recordings, folder: string, done: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const collected = await runTrace(['collect', ...recordings[name], '--out', folder]);
  if (collected.code !== 0) throw new Error(`The recording "${name}" failed:\n${collected.stderr}`);
  await writeFile(`${done}.partial`, JSON.stringify({ collected, files: await listing(folder) }));
  await rename(`${done}.partial`, done);
}

/** Only one can make the folder. */
const isFirst = (lock: string): Promise<boolean> =>
  mkdir(lock).then(
    () => true,
    () => false,
  );
