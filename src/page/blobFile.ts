import { BundleError } from '../bundle/bundleFiles.js';
import type { SeekableFile } from '../bundle/sourceFile.js';

/** Large enough that asking the browser for the next one costs nothing. */
const chunkBytes = 4 << 20;

/** A file that the user gave to a page. @param name with the folders in which it was given */
export function blobFile(blob: Blob, name: string): SeekableFile {
  const at = async (fromByte: number, bytes: number): Promise<Uint8Array> => {
    try {
      return new Uint8Array(await blob.slice(fromByte, fromByte + bytes).arrayBuffer());
    } catch (error) {
      throw new BundleError(
        `${name} cannot be read: ${(error as Error).message} Was it changed, moved or deleted? Give it again.`,
        { cause: error },
      );
    }
  };
  return {
    name,
    sizeBytes: blob.size,
    isInflated: false,
    at,
    whole: () => at(0, blob.size),
    async *chunks(): AsyncGenerator<Uint8Array, undefined, undefined> {
      let pending = at(0, chunkBytes);
      // What nobody waits for any more must not count as unhandled.
      pending.catch(() => {});
      for (let next = chunkBytes; ; next += chunkBytes) {
        const chunk = await pending;
        if (chunk.length === 0) return;
        // Read while the caller works on this one.
        pending = at(next, chunkBytes);
        pending.catch(() => {});
        yield chunk;
      }
    },
  };
}
