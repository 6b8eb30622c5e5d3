import type { Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { TraceReader } from '../trace/reader.js';
import type { Trace } from '../trace/trace.js';
import { TraceError } from '../trace/traceError.js';
import { readTraceChunks } from './readTraceChunks.js';
import { readTraceGzip } from './readTraceGzip.js';

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
