import type { FileHandle } from 'node:fs/promises';

/** Few enough to stay in cache and memory, many enough that the calls do not count. */
const chunkBytes = 1 << 20;

/**
 * The bytes of a file in order. The next chunk is being read while the caller works on one: there are two buffers, so a chunk is
 * valid only until the next one is asked for.
 * @param onProgress called with the bytes read so far
 */
export async function* readTraceChunks(
  file: FileHandle,
  onProgress: (readBytes: number) => void,
): AsyncGenerator<Uint8Array, undefined, undefined> {
  const buffers = [Buffer.allocUnsafe(chunkBytes), Buffer.allocUnsafe(chunkBytes)] as const;
  let current = 0;
  let readBytes = 0;
  let pending = file.read(buffers[0], 0, chunkBytes, null);
  try {
    for (;;) {
      const { bytesRead, buffer } = await pending;
      if (bytesRead === 0) return;
      current = 1 - current;
      pending = file.read(buffers[current]!, 0, chunkBytes, null);
      readBytes += bytesRead;
      onProgress(readBytes);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    // Nobody may close the file under a read that is under way; its outcome no longer matters.
    await pending.catch(() => undefined);
  }
}
