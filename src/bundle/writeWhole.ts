import { rename, rm, writeFile } from 'node:fs/promises';
import { unwritable } from './unwritable.js';

/** Writes a file so that it appears whole or not at all: beside, then renamed. @throws BundleError if it cannot be written */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const partial = `${path}.partial`;
  try {
    await writeFile(partial, content);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    throw unwritable(path, error as Error);
  }
}
