import { once } from 'node:events';
import type { FileHandle } from 'node:fs/promises';
import { createGunzip, type Gunzip } from 'node:zlib';
import { type ReaderLimits, TraceReader } from '../trace/reader.js';
import type { Trace } from '../trace/trace.js';
import { TraceError, TraceLimitError } from '../trace/traceError.js';
import { formatBytes } from '../view/format.js';
import { NotAFileError } from './notAFile.js';
import { openFile } from './openFile.js';

export interface ReadLimits extends Pick<ReaderLimits, 'maxTableBytes'> {
  /** What gzip data may inflate to, 2 GB by default; more is a TraceError. */
  readonly maxInflatedBytes?: number | undefined;
}

export interface ReadTraceOptions extends ReadLimits, Pick<ReaderLimits, 'budget'> {
  /** Called after every chunk with the bytes read of the file on disk. */
  readonly onProgress?: ((progress: { readonly readBytes: number; readonly totalBytes: number }) => void) | undefined;
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A thousand times as much as gzip data of this size would be on disk is possible, so it is not left to the file. */
const defaultInflatedBytes = 2e9;

/**
 * Reads a trace file, JSON or gzipped JSON; its first bytes tell which, not its name. Reading and inflating continue while the
 * previous chunk is parsed. A truncated or damaged file, in its JSON or its gzip, returns its readable part, with `reading.cut`.
 * @throws TraceError that names the file if it cannot be read, is not a trace, or exceeds a limit
 */
export async function readTraceFile(path: string, options: ReadTraceOptions = {}): Promise<Trace> {
  options.signal?.throwIfAborted();
  let file: FileHandle | undefined;
  try {
    file = await openFile(path);
    return await read(file, options);
  } catch (error) {
    throw named(path, error);
  } finally {
    await file?.close();
  }
}

async function read(
  file: FileHandle,
  { onProgress, signal, maxTableBytes, budget, maxInflatedBytes = defaultInflatedBytes }: ReadTraceOptions,
): Promise<Trace> {
  const { size: totalBytes } = await file.stat();
  const reader = new TraceReader({ ...(maxTableBytes !== undefined && { maxTableBytes }), budget });
  const push = (bytes: Uint8Array): boolean => {
    signal?.throwIfAborted();
    return reader.push(bytes);
  };
  const chunks = readChunks(file, (readBytes) => onProgress?.({ readBytes, totalBytes }));
  const first = await chunks.next();
  if (first.done) return reader.finish();
  const isGzip = first.value[0] === 0x1f && first.value[1] === 0x8b;
  if (isGzip) return reader.finish(await readGzip(file, resumed(first.value, chunks), bounded(maxInflatedBytes, push)));
  if (push(first.value)) for await (const chunk of chunks) if (!push(chunk)) break;
  await chunks.return(undefined);
  return reader.finish();
}

/** The chunks with the first of them put back. */
async function* resumed<T>(first: T, rest: AsyncGenerator<T, undefined, undefined>): AsyncGenerator<T, undefined, undefined> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

/** Takes inflated bytes. Returning false ends reading. */
type Push = (bytes: Uint8Array) => boolean;

function bounded(maxBytes: number, push: Push): Push {
  let bytes = 0;
  return (inflated) => {
    bytes += inflated.length;
    if (bytes <= maxBytes) return push(inflated);
    const larger = formatBytes(2 * maxBytes).replace(' ', '');
    throw new TraceLimitError(
      `The gzip data inflates to more than the limit of ${formatBytes(maxBytes)}. If it is meant to be so large, raise the limit: --max-size ${larger} (maxInflatedBytes in the library).`,
    );
  };
}

/** The same error with the file's name in front, if the file caused it. */
function named(path: string, error: unknown): unknown {
  if (error instanceof TraceLimitError) return new TraceLimitError(`${path}: ${error.message}`, { cause: error });
  if (error instanceof TraceError) return new TraceError(`${path}: ${error.message}`, { cause: error });
  if (error instanceof NotAFileError) {
    const advice =
      error.kind === 'a folder'
        ? 'Give the trace file in it, or a run bundle to trace analyze.'
        : 'Save the trace in a file, and give that.';
    return new TraceError(`${path}: is ${error.kind}. ${advice}`, { cause: error });
  }
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'no such file. Check the path.',
    EACCES: 'no permission to read it.',
    EPERM: 'no permission to read it.',
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
async function* readChunks(
  file: FileHandle,
  onProgress: (readBytes: number) => void,
): AsyncGenerator<Uint8Array, undefined, undefined> {
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

/** What inflating came to. */
interface Inflated {
  /** Why the data could not be inflated to its end; undefined if it was, or if `push` wanted no more. */
  readonly failure: Error | undefined;
  /** Where in the file the piece begins that could not be inflated. */
  readonly failedAt: number;
}

/**
 * Inflates a gzip file while it is parsed. Of damaged data everything before the damage is kept: zlib drops what it had inflated of
 * a piece that turns out to be damaged, so that piece is inflated again, byte by byte.
 * @returns why the data ended early; undefined if it did not
 */
async function readGzip(file: FileHandle, chunks: AsyncIterable<Uint8Array>, push: Push): Promise<string | undefined> {
  let pushedBytes = 0;
  const counted: Push = (bytes) => {
    pushedBytes += bytes.length;
    return push(bytes);
  };
  const { failure, failedAt } = await inflate(chunks, () => pieceBytes, counted);
  if (!failure) return undefined;
  if ('code' in failure && failure.code === 'Z_BUF_ERROR') return 'the gzip data ends early';
  let skipBytes = pushedBytes;
  const again: Push = (bytes) => {
    const known = Math.min(skipBytes, bytes.length);
    skipBytes -= known;
    return push(bytes.subarray(known));
  };
  await inflate(
    readChunks(file, () => {}),
    (at) => (at < failedAt ? Math.min(pieceBytes, failedAt - at) : 1),
    again,
  );
  return `the gzip data is damaged (${failure.message})`;
}

/**
 * Inflates gzip data piece by piece, while the previous piece's output is parsed.
 *
 * It is not a pipeline of streams: at the end of a truncated file, a failing stream discards the inflated data that it has not
 * passed on.
 * @param sizeAt size of the piece that begins at this byte
 */
async function inflate(chunks: AsyncIterable<Uint8Array>, sizeAt: (at: number) => number, push: Push): Promise<Inflated> {
  const gunzip = createGunzip({ chunkSize: outputBytes });
  const output: Uint8Array[] = [];
  gunzip.on('data', (bytes: Uint8Array) => output.push(bytes));
  let failure: Error | undefined;
  gunzip.on('error', (error) => {
    failure = error;
  });
  const drain = (): boolean => output.splice(0).every(push);
  let at = 0;
  try {
    for await (const chunk of chunks) {
      for (let from = 0, size = 0; from < chunk.length; from += size, at += size) {
        size = Math.min(sizeAt(at), chunk.length - from);
        const inflated = write(gunzip, chunk.subarray(from, from + size));
        if (!drain()) return { failure: undefined, failedAt: at };
        await inflated;
        if (failure) {
          drain();
          return { failure, failedAt: at };
        }
      }
    }
    await end(gunzip);
    drain();
    return { failure, failedAt: at };
  } finally {
    gunzip.destroy();
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
