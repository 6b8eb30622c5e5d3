import { once } from 'node:events';
import type { Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createGunzip, type Gunzip } from 'node:zlib';
import { TraceReader } from '../trace/reader.js';
import type { Trace } from '../trace/trace.js';
import { TraceError } from '../trace/traceError.js';

export interface ReadTraceOptions {
  /** Called after every chunk, with bytes of the file as it lies on disk; totalBytes is 0 of a pipe. */
  readonly onProgress?: ((progress: { readonly readBytes: number; readonly totalBytes: number }) => void) | undefined;
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a trace file, JSON or gzip of it, told apart by how it begins and not by its name. Reading and inflating go on while the
 * chunk before is parsed. A file that is cut, in its JSON or in its gzip, gives what it holds, with `reading.cut`.
 * @throws TraceError that names the file if it cannot be read or is no trace
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

/** The same error with the file's name in front, if it is the file's fault. */
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

/** Few enough to stay in cache and memory, many enough that the calls do not count. */
const chunkBytes = 1 << 20;

/**
 * The bytes of a file in order. The next chunk is being read while the caller works on one: there are two buffers, so a chunk is
 * valid only until the next one is asked for.
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
    // The file must not be closed while a read is under way; its outcome no longer matters.
    await pending.catch(() => undefined);
  }
}

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

function cutOrDamaged(error: Error): string {
  const isCut = 'code' in error && error.code === 'Z_BUF_ERROR';
  return isCut ? 'the gzip data ends early' : `the gzip data is damaged (${error.message})`;
}
