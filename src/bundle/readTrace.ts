import { type ReaderLimits, TraceReader } from '../trace/reader.js';
import type { Trace } from '../trace/trace.js';
import { TraceError, TraceLimitError } from '../trace/traceError.js';
import { formatBytes } from '../view/format.js';
import { inflateGzip, isGzip, type OpenGunzip, type Push } from './inflateGzip.js';
import type { SourceFile } from './sourceFile.js';

export interface ReadLimits extends Pick<ReaderLimits, 'maxTableBytes'> {
  /** What compressed data may inflate to, 2 GB by default; more is a TraceError. */
  readonly maxInflatedBytes?: number | undefined;
}

export interface ReadTraceOptions extends ReadLimits, Pick<ReaderLimits, 'budget'> {
  /** Called after every chunk with the bytes read of the file as it is stored. */
  readonly onProgress?: ((progress: { readonly readBytes: number; readonly totalBytes: number }) => void) | undefined;
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What does not depend on who reads. */
export type FeedOptions = Pick<ReadTraceOptions, 'maxInflatedBytes' | 'onProgress' | 'signal'>;

/** A thousand times as much as compressed data of this size would be on disk is possible, so it is not left to the file. */
const defaultInflatedBytes = 2e9;

/** Takes the bytes of a trace in order. */
export interface TraceSink<T> {
  /** @returns false once it needs no more */
  push(bytes: Uint8Array): boolean;
  /** @param cutReason why the bytes end before the trace does, if they do */
  finish(cutReason?: string): T;
}

/**
 * Reads a trace, JSON or gzipped JSON; its first bytes tell which, not its name. Reading and inflating continue while the previous
 * chunk is parsed. A truncated or damaged file, in its JSON or its gzip, returns its readable part, with `reading.cut`.
 * @throws TraceError that names the file if it is not a trace, or exceeds a limit
 */
export function readTrace(file: SourceFile, gunzip: OpenGunzip, options: ReadTraceOptions = {}): Promise<Trace> {
  const { maxTableBytes, budget } = options;
  return feedTrace(file, gunzip, new TraceReader({ ...(maxTableBytes !== undefined && { maxTableBytes }), budget }), options);
}

/** Hands the bytes of a trace, inflated, to whoever reads it. @throws as `readTrace` does */
export async function feedTrace<T>(
  file: SourceFile,
  gunzip: OpenGunzip,
  sink: TraceSink<T>,
  options: FeedOptions = {},
): Promise<T> {
  options.signal?.throwIfAborted();
  try {
    return await feed(file, gunzip, sink, options);
  } catch (error) {
    if (error instanceof TraceLimitError) throw new TraceLimitError(`${file.name}: ${error.message}`, { cause: error });
    if (error instanceof TraceError) throw new TraceError(`${file.name}: ${error.message}`, { cause: error });
    throw error;
  }
}

async function feed<T>(
  file: SourceFile,
  gunzip: OpenGunzip,
  sink: TraceSink<T>,
  { onProgress, signal, maxInflatedBytes = defaultInflatedBytes }: FeedOptions,
): Promise<T> {
  const push: Push = (bytes) => {
    signal?.throwIfAborted();
    return sink.push(bytes);
  };
  const chunks = told(file, (readBytes) => onProgress?.({ readBytes, totalBytes: file.sizeBytes }));
  const first = await chunks.next();
  if (first.done) return sink.finish();
  const all = resumed(first.value, chunks);
  if (isGzip(first.value)) return sink.finish(await inflateGzip(file, all, gunzip, bounded('gzip', maxInflatedBytes, push)));
  const taken = file.isInflated ? bounded('zip', maxInflatedBytes, push) : push;
  for await (const chunk of all) if (!taken(chunk)) break;
  return sink.finish();
}

/** @param onChunk called with the bytes read so far */
async function* told(file: SourceFile, onChunk: (readBytes: number) => void): AsyncGenerator<Uint8Array, undefined, undefined> {
  let readBytes = 0;
  for await (const chunk of file.chunks()) {
    readBytes += chunk.length;
    onChunk(readBytes);
    yield chunk;
  }
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

function bounded(format: 'gzip' | 'zip', maxBytes: number, push: Push): Push {
  let bytes = 0;
  return (inflated) => {
    bytes += inflated.length;
    if (bytes <= maxBytes) return push(inflated);
    const larger = formatBytes(2 * maxBytes).replace(' ', '');
    throw new TraceLimitError(
      `The ${format} data inflates to more than the limit of ${formatBytes(maxBytes)}. If it is meant to be so large, raise the limit: --max-size ${larger} (maxInflatedBytes in the library).`,
    );
  };
}
