import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Compare, compareFiles, SIDES } from '../../src/bundle/compare.js';
import { compareDocument } from '../../src/bundle/readCompare.js';
import { refuseLinks } from '../../src/bundle/refuseLinks.js';
import { writeWhole } from '../../src/bundle/replaceFile.js';
import { type OpenedWork, openWork, type WorkKind } from '../openWork.js';
import { CompareError } from './compareError.js';
import { nextFolder } from './runCompare.js';

/**
 * Begins a comparison in its folder, or adds rounds to the one that was begun there. What an interrupted round left is removed.
 * @throws CompareError if the folder holds something else, another comparison or one of another machine, or is in use
 * @throws BundleError if it cannot be written or read, or a link leads out of it
 */
export function openCompare(folder: string, fresh: Compare): Promise<OpenedWork<Compare>> {
  return openWork(folder, fresh, kind, async (compare) => {
    // What is asked of the same rounds may change.
    compare.limits = fresh.limits;
    compare.ended = null;
    await saveCompare(folder, compare);
    await refuseLinks(folder, compareFiles.runs);
    for (const side of SIDES) await rm(nextFolder(folder, side), { recursive: true, force: true });
  });
}

/** Writes `compare.json`, completely or not at all. @throws BundleError if it cannot be written */
export function saveCompare(folder: string, compare: Compare): Promise<void> {
  return writeWhole(join(folder, compareFiles.compare), `${JSON.stringify(compare)}\n`);
}

const kind: WorkKind<Compare> = {
  document: compareDocument,
  refuse: (problem) => new CompareError(problem),
  differs: ({ plan }, fresh) =>
    isDeepStrictEqual(plan, fresh.plan)
      ? null
      : `a comparison of ${plan.a.name} and ${plan.b.name} with other options. Give this one a folder of its own with --out, or ask as you did before to go on with that one.`,
};
