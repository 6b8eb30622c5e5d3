import { constants, type FileHandle, open, stat } from 'node:fs/promises';
import { requireFile } from './notAFile.js';

/**
 * Opens a regular file for reading. Anything else is refused at once: opening a pipe would wait for somebody who writes, and
 * opening a device may set it going.
 * @throws NotAFileError, or what the system says
 */
export async function openFile(path: string): Promise<FileHandle> {
  requireFile(await stat(path));
  // Something else may have taken its place since. Windows has no such flag, nor such pipes.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    requireFile(await file.stat());
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The whole content of a regular file. @throws as `openFile` */
export async function readWhole(path: string): Promise<Buffer> {
  const file = await openFile(path);
  return file.readFile().finally(() => file.close());
}
