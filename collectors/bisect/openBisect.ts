import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Bisect, bisectFiles } from '../../src/bundle/bisect.js';
import { bisectDocument } from '../../src/bundle/readBisect.js';
import { refuseLinks } from '../../src/bundle/refuseLinks.js';
import { writeWhole } from '../../src/bundle/replaceFile.js';
import { type OpenedWork, openWork, type WorkKind } from '../openWork.js';
import { BisectError } from './bisectError.js';

/**
 * Begins a search in its folder, or goes on with the one that was begun there. What an interrupted recording left is removed.
 * @throws BisectError if the folder holds something else, another search or one of another machine, or is in use
 * @throws BundleError if it cannot be written or read, or a link leads out of it
 */
export function openBisect(folder: string, fresh: Bisect): Promise<OpenedWork<Bisect>> {
  return openWork(folder, fresh, kind, async (bisect) => {
    await saveBisect(folder, bisect);
    for (const version of bisect.plan.builds) {
      if (bisect.runs.some((run) => run.version === version)) continue;
      await refuseLinks(folder, bisectFiles.runs, version);
      await rm(join(folder, bisectFiles.runs, version), { recursive: true, force: true });
    }
  });
}

/** Writes `bisect.json`, completely or not at all. @throws BundleError if it cannot be written */
export function saveBisect(folder: string, bisect: Bisect): Promise<void> {
  return writeWhole(join(folder, bisectFiles.bisect), `${JSON.stringify(bisect)}\n`);
}

const kind: WorkKind<Bisect> = {
  document: bisectDocument,
  refuse: (problem) => new BisectError(problem),
  differs({ plan }, fresh) {
    const changed = Object.keys(fresh.plan).find(
      (key) => !isDeepStrictEqual(plan[key as keyof typeof plan], fresh.plan[key as keyof typeof plan]),
    );
    return changed === undefined
      ? null
      : `a search with another "${changed}". Give this one a folder of its own with --out, or ask as you did before to go on with that one.`;
  },
};
