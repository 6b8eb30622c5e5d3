import { once } from 'node:events';
import type { Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createGunzip, type Gunzip } from 'node:zlib';
import { TraceReader } from '../trace/reader.js';
import type { Trace } from '../trace/trace.js';
import { TraceError } from '../trace/traceError.js';

export interface ReadTraceOptions {
  /** Called after every chunk with the bytes read of the file on disk; totalBytes is 0 for a pipe. */
  readonly onProgress?: ((progress: { readonly readBytes: number; readonly totalBytes: number }) => void) | undefined;
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a trace file, JSON or gzipped JSON; its first bytes tell which, not its name. Reading and inflating continue while the
 * previous chunk is parsed. A truncated file, in its JSON or its gzip, returns its readable part, with `reading.cut`.
 * @throws TraceError that names the file if it cannot be read or is not a trace
 */
export async function readTraceFile(path: string, { onProgress, signal }: ReadTraceOptions = {}): Promise<Trace> {
  signal?.throwIfAborted();
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const stats = await file.stat();
    if (stats.isDirectory()) throw new TraceError('is a folder. Give the trace file in it, or a run bundle to trace analyze.');
    return await read(file, stats, onProgress, signal);
  } catch (error) {
    throw named(path, error);
  } finally {
    await file?.close();
  }
}

async function read(
  file: FileHandle,
  stats: Stats,
  onProgress: ReadTraceOptions['onProgress'],
  signal: AbortSignal | undefined,
): Promise<Trace> {
  const reader = new TraceReader();
  const push = (bytes: Uint8Array): boolean => {
    signal?.throwIfAborted();
    return reader.push(bytes);
  };
  const chunks = readTraceChunks(file, (readBytes) => onProgress?.({ readBytes, totalBytes: stats.size }));
  const first = await chunks.next();
  if (first.done) return reader.finish();
  const isGzip = first.value[0] === 0x1f && first.value[1] === 0x8b;
  if (isGzip) return reader.finish(await readTraceGzip(first.value, chunks, push));
  if (push(first.value)) for await (const chunk of chunks) if (!push(chunk)) break;
  await chunks.return(undefined);
  return reader.finish();
}

/** The same error with the file's name in front, if the file caused it. */
function named(path: string, error: unknown): unknown {
  if (error instanceof TraceError) return new TraceError(`${path}: ${error.message}`, { cause: error });
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'no such file. Check the path.',
    EACCES: 'no permission to read it.',
    EPERM: 'no permission to read it.',
    EISDIR: 'is a folder. Give the trace file in it.',
  };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const isSystemError = error instanceof Error && 'syscall' in error;
  return isSystemError ? new TraceError(`${path}: ${reasons[code] ?? error.message}`, { cause: error }) : error;
}

/** Small enough for cache and memory, large enough that the number of calls does not matter. */
const chunkBytes = 1 << 20;

/**
 * The bytes of a file in order. The next chunk is read while the caller works on the current one. There are two buffers, so a
 * chunk is valid only until the next one is requested.
 * @param onProgress called with the bytes read so far
 */
async function* readTraceChunks(
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
    // The file must not be closed during a read. The read's outcome no longer matters.
    await pending.catch(() => undefined);
  }
}

/** Compressed bytes that are inflated at once. They inflate to at most about 64 MiB. */
const pieceBytes = 1 << 16;
const outputBytes = 1 << 18;

/**
 * Inflates gzip data piece by piece, while the previous piece's output is parsed.
 *
 * It is not a pipeline of streams: at the end of a truncated file, a failing stream discards the inflated data that it has not
 * passed on.
 * @param push takes inflated bytes; returning false ends it
 * @returns why the data ended early; undefined if it did not
 */
async function readTraceGzip(
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
    return failure && cutOrDamaged(failure);
  } finally {
    gunzip.destroy();
    await rest.return(undefined);
  }
}

/** Resolves when the piece is inflated, or cannot be. A failing write never calls back; the stream is only closed. */
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

function cutOrDamaged(error: Error): string {
  const isCut = 'code' in error && error.code === 'Z_BUF_ERROR';
  return isCut ? 'the gzip data ends early' : `the gzip data is damaged (${error.message})`;
}
