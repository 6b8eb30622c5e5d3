import { once } from 'node:events';
import { createGunzip } from 'node:zlib';
import type { Trace } from '../trace/trace.js';
import { TraceError } from '../trace/traceError.js';
import { diskFile } from './disk.js';
import type { OpenGunzip } from './inflateGzip.js';
import { NotAFileError } from './notAFile.js';
import { type FeedOptions, feedTrace, type ReadTraceOptions, readTrace, type TraceSink } from './readTrace.js';
import type { SourceFile } from './sourceFile.js';

/**
 * Reads a trace file, JSON or gzipped JSON; its first bytes tell which, not its name. A truncated or damaged file, in its JSON or
 * its gzip, returns its readable part, with `reading.cut`.
 * @throws TraceError that names the file if it cannot be read, is not a trace, or exceeds a limit
 */
export async function readTraceFile(path: string, options: ReadTraceOptions = {}): Promise<Trace> {
  options.signal?.throwIfAborted();
  return readTraceOnDisk(await openTrace(path), options);
}

/** The file of a trace, not read yet. @throws TraceError as `readTraceFile` does */
export async function openTrace(path: string): ReturnType<typeof diskFile> {
  return diskFile(path).catch((error: unknown) => {
    throw explained(path, error);
  });
}

/** Reads a trace from a file on disk, or in one. @throws as `readTraceFile` */
export async function readTraceOnDisk(file: SourceFile, options: ReadTraceOptions = {}): Promise<Trace> {
  return readTrace(file, zlibGunzip, options).catch((error: unknown) => {
    throw explained(file.name, error);
  });
}

/** Hands a trace from a file on disk, or in one, to whoever reads it. @throws as `readTraceFile` */
export async function feedTraceOnDisk<T>(file: SourceFile, sink: TraceSink<T>, options: FeedOptions = {}): Promise<T> {
  return feedTrace(file, zlibGunzip, sink, options).catch((error: unknown) => {
    throw explained(file.name, error);
  });
}

/** What the system says, in words that name the file. */
function explained(path: string, error: unknown): unknown {
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

const outputBytes = 1 << 18;

const zlibGunzip: OpenGunzip = (take) => {
  const gunzip = createGunzip({ chunkSize: outputBytes });
  gunzip.on('data', take);
  let failure: Error | undefined;
  gunzip.on('error', (error) => {
    failure = error;
  });
  return {
    // A failing write never calls back; the stream is only closed.
    async write(piece) {
      await new Promise<void>((resolve) => {
        gunzip.once('close', resolve);
        gunzip.write(piece, () => {
          gunzip.off('close', resolve);
          resolve();
        });
      });
      if (failure) throw failure;
    },
    async end() {
      gunzip.end();
      await once(gunzip, 'close').catch(() => undefined);
      if (failure) throw failure;
    },
    close: () => void gunzip.destroy(),
  };
};
