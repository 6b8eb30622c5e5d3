import { lstat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { BundleError } from './bundleFiles.js';

/**
 * Makes sure that a path below a folder leads through no link, as one could in a bundle or a study that came from elsewhere. What is
 * not there yet is no link.
 * @param names of the folders below it, outermost first; without any it is the folder itself that must not be a link
 * @throws BundleError that names the link
 */
export async function refuseLinks(folder: string, ...names: readonly string[]): Promise<void> {
  // Resolved: behind a slash at its end a link would look like a folder.
  let path = resolve(folder);
  for (const name of names.length === 0 ? [''] : names) {
    path = join(path, name);
    const found = await lstat(path).catch(() => null);
    if (!found) return;
    if (found.isSymbolicLink()) {
      throw new BundleError(
        `${path} is a link, and nothing is written through links. Remove it, or name the folder it leads to.`,
      );
    }
  }
}
