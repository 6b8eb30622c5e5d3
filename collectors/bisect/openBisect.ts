import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Bisect, bisectFiles } from '../../src/bundle/bisect.js';
import { isBisect, readBisect } from '../../src/bundle/readBisect.js';
import { refuseLinks } from '../../src/bundle/refuseLinks.js';
import { isPartial, writeWhole } from '../../src/bundle/replaceFile.js';
import { lockFolder } from '../lockFolder.js';
import { BisectError } from './bisectError.js';

const LOCK_FILE = 'bisect.lock';

export interface OpenedBisect {
  readonly bisect: Bisect;
  /** Whether it had been begun before. */
  readonly resumed: boolean;
  /** Must be called at the end. Until then no other process can open it. */
  close(): Promise<void>;
}

/**
 * Begins a search in its folder, or goes on with the one that was begun there. What an interrupted recording left is removed.
 * @throws BisectError if the folder holds something else, another search or one of another machine, or is in use
 * @throws BundleError if it cannot be written or read, or a link leads out of it
 */
export async function openBisect(folder: string, fresh: Bisect): Promise<OpenedBisect> {
  await refuseLinks(folder);
  await mkdir(folder, { recursive: true }).catch((error: Error) => {
    throw new BisectError(`${folder} cannot be made: ${error.message}. Name another folder with --out.`);
  });
  const close = await lockFolder(folder, LOCK_FILE, (problem) => new BisectError(problem));
  try {
    const begun = (await isBisect(folder)) ? await readBisect(folder) : null;
    if (begun) checkSame(folder, begun, fresh);
    // A process killed before the first bisect.json was complete leaves a partial one.
    else if ((await readdir(folder)).some((name) => name !== LOCK_FILE && !isPartial(name)))
      throw new BisectError(`${folder} is not empty and holds no search. Name another folder with --out.`);
    const bisect = begun ?? fresh;
    await saveBisect(folder, bisect);
    for (const version of bisect.plan.builds) {
      if (bisect.runs.some((run) => run.version === version)) continue;
      await refuseLinks(folder, bisectFiles.runs, version);
      await rm(join(folder, bisectFiles.runs, version), { recursive: true, force: true });
    }
    return { bisect, resumed: begun !== null, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Writes `bisect.json`, completely or not at all. @throws BundleError if it cannot be written */
export function saveBisect(folder: string, bisect: Bisect): Promise<void> {
  return writeWhole(join(folder, bisectFiles.bisect), `${JSON.stringify(bisect)}\n`);
}

function checkSame(folder: string, begun: Bisect, fresh: Bisect): void {
  const { plan } = begun;
  const changed = Object.keys(fresh.plan).find(
    (key) => !isDeepStrictEqual(plan[key as keyof typeof plan], fresh.plan[key as keyof typeof plan]),
  );
  if (changed !== undefined) {
    throw new BisectError(
      `${folder} holds a search with another "${changed}". Give this one a folder of its own with --out, or ask as you did before to go on with that one.`,
    );
  }
  const machine = ({ machine: { cpu, cores } }: Bisect): string => `${cpu}, ${cores} cores`;
  if (machine(begun) !== machine(fresh)) {
    throw new BisectError(
      `The search in ${folder} was begun on another machine (${machine(begun)}; this is ${machine(fresh)}), and times of two machines do not compare. Begin anew here with --out.`,
    );
  }
}
