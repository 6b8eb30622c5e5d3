import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { requireFile } from './notAFile.js';
import { openFile, readWhole } from './openFile.js';
import type { SeekableFile, SourceFiles } from './sourceFile.js';

/** A regular file on disk. @throws NotAFileError, or what the system says */
export async function diskFile(path: string): Promise<SeekableFile> {
  const found = await stat(path);
  requireFile(found);
  return {
    name: path,
    sizeBytes: found.size,
    isInflated: false,
    chunks: () => readChunks(path),
    whole: () => readWhole(path),
    async at(fromByte, bytes) {
      const file = await openFile(path);
      try {
        const { buffer, bytesRead } = await file.read(new Uint8Array(bytes), 0, bytes, fromByte);
        return buffer.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
  };
}

/** The files below a folder on disk. */
export const diskFolder = (folder: string): SourceFiles => ({
  name: folder,
  file: (name) =>
    diskFile(join(folder, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    }),
});

/** Small enough for cache and memory, large enough that the number of calls does not matter. */
const chunkBytes = 1 << 20;

/** The bytes of a file in order, in two buffers: the next chunk is read while the caller works on the current one. */
async function* readChunks(path: string): AsyncGenerator<Uint8Array, undefined, undefined> {
  const file = await openFile(path);
  const buffers = [Buffer.allocUnsafe(chunkBytes), Buffer.allocUnsafe(chunkBytes)] as const;
  let current = 0;
  let readBytes = 0;
  let pending = file.read(buffers[0], 0, chunkBytes, 0);
  try {
    for (;;) {
      const { bytesRead, buffer } = await pending;
      if (bytesRead === 0) return;
      current = 1 - current;
      readBytes += bytesRead;
      pending = file.read(buffers[current]!, 0, chunkBytes, readBytes);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    // The file must not be closed during a read. The read's outcome no longer matters.
    await pending.catch(() => undefined);
    await file.close();
  }
}
