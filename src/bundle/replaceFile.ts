import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BundleError } from './bundleFiles.js';
import { requireFile } from './notAFile.js';

/** Whether a file is one that `replaceFile` had begun when its process was killed. */
export const isPartial = (name: string): boolean => /^\.[0-9a-f]{16}\.partial$/.test(name);

/**
 * Creates or replaces a file, so that it appears completely or not at all. The old content stays readable meanwhile. A link at the
 * path is replaced, and what it leads to stays as it is.
 * @param write writes a new file next to it, which is then renamed
 * @throws NotAFileError where a folder, a device or a pipe stands at the path; what the system says
 */
export async function replaceFile(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const there = await stat(path).catch(() => null);
  if (there) requireFile(there);
  const partial = join(dirname(path), `.${randomBytes(8).toString('hex')}.partial`);
  // Exclusively: what somebody else put there is not written to, link or not.
  const file = await open(partial, 'wx');
  try {
    try {
      await write(file);
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    throw error;
  }
}

/** Writes a file so that it appears completely or not at all. @throws BundleError if it cannot be written */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await replaceFile(path, (file) => file.writeFile(content));
  } catch (error) {
    throw unwritable(path, error as Error);
  }
}

/** The error for a file of a bundle or a study that cannot be written. */
export function unwritable(path: string, { message }: Error): BundleError {
  return new BundleError(`${path} cannot be written: ${message}. Free some space, or name another folder with --out.`);
}
