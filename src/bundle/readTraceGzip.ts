import { once } from 'node:events';
import { createGunzip, type Gunzip } from 'node:zlib';

/** Compressed bytes that are inflated in one go: at most about 64 MiB come out of them. */
const pieceBytes = 1 << 16;
const outputBytes = 1 << 18;

/**
 * Inflates gzip data piece by piece, each while the output of the one before is being parsed.
 *
 * Not a pipeline of streams: when one of these fails at the end of a cut file it throws away what it had inflated but not yet
 * handed on.
 * @param push takes inflated bytes; false ends it
 * @returns why the data ended early, undefined if it did not
 */
export async function readTraceGzip(
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array, undefined, undefined>,
  push: (bytes: Uint8Array) => boolean,
): Promise<string | undefined> {
  const gunzip = createGunzip({ chunkSize: outputBytes });
  const output: Uint8Array[] = [];
  gunzip.on('data', (bytes: Uint8Array) => output.push(bytes));
  let failure: Error | undefined;
  gunzip.on('error', (error) => {
    failure = error;
  });
  const drain = (): boolean => output.splice(0).every(push);
  try {
    for (let chunk: Uint8Array | undefined = first; chunk && !failure; chunk = (await rest.next()).value) {
      for (let from = 0; from < chunk.length && !failure; from += pieceBytes) {
        const inflated = write(gunzip, chunk.subarray(from, from + pieceBytes));
        if (!drain()) return undefined;
        await inflated;
      }
    }
    if (!failure) await end(gunzip);
    drain();
    return failure && describe(failure);
  } finally {
    gunzip.destroy();
    await rest.return(undefined);
  }
}

/** Resolves when the piece is inflated, or cannot be: the write that fails is never called back, only the stream is closed. */
function write(gunzip: Gunzip, piece: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    gunzip.once('close', resolve);
    gunzip.write(piece, () => {
      gunzip.off('close', resolve);
      resolve();
    });
  });
}

async function end(gunzip: Gunzip): Promise<void> {
  gunzip.end();
  await once(gunzip, 'close').catch(() => undefined);
}

function describe(error: Error): string {
  const isCut = 'code' in error && error.code === 'Z_BUF_ERROR';
  return isCut ? 'the gzip data ends early' : `the gzip data is damaged (${error.message})`;
}
