import type { Stats } from 'node:fs';

/** Something that is no regular file stands where a file is to be read or written; the message completes "it cannot be read:". */
export class NotAFileError extends Error {
  override readonly name = 'NotAFileError';
  readonly code = 'NOT_A_FILE';

  /** @param kind what it is: a folder, a named pipe (FIFO), a socket, a device */
  constructor(readonly kind: string) {
    super(`it is ${kind}, and no regular file`);
  }
}

/** @throws NotAFileError */
export function requireFile(found: Stats): void {
  if (!found.isFile()) throw new NotAFileError(kindOf(found));
}

function kindOf(found: Stats): string {
  if (found.isDirectory()) return 'a folder';
  if (found.isFIFO()) return 'a named pipe (FIFO)';
  if (found.isSocket()) return 'a socket';
  return 'a device';
}
