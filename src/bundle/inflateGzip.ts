import type { SourceFile } from './sourceFile.js';

/** The inflater of a platform: Node's zlib, or the `DecompressionStream` of a browser. */
export interface Gunzip {
  /** Inflates the next piece. Rejects if the data is damaged; what was inflated of this piece may then be lost. */
  write(piece: Uint8Array): Promise<void>;
  /** Rejects if the data ends before its end. */
  end(): Promise<void>;
  /** For whoever needs no more of it. */
  close(): void;
}

/** @param take is called with inflated bytes, for a piece before `write` resolves for the next one */
export type OpenGunzip = (take: (bytes: Uint8Array) => void) => Gunzip;

/** Takes inflated bytes. Returning false ends reading. */
export type Push = (bytes: Uint8Array) => boolean;

/** Compressed bytes that are inflated at once. They inflate to at most about 64 MiB. */
const pieceBytes = 1 << 16;

/**
 * Inflates a gzip file while it is parsed. Of damaged data everything before the damage is kept: the platform drops what it had
 * inflated of a piece that turns out to be damaged, so that piece is inflated again, byte by byte.
 * @param chunks the bytes of the file, to which its progress is tied
 * @returns why the data ended early; undefined if it did not
 */
export async function inflateGzip(
  file: SourceFile,
  chunks: AsyncIterable<Uint8Array>,
  open: OpenGunzip,
  push: Push,
): Promise<string | undefined> {
  let startByte = 0;
  for (let data = chunks; ; data = part(file, startByte)) {
    let pushedBytes = 0;
    const counted: Push = (bytes) => {
      pushedBytes += bytes.length;
      return push(bytes);
    };
    const { end, atByte, failure } = await inflate(data, () => pieceBytes, open, counted);
    if (end !== 'damaged') return end === 'short' ? 'the gzip data ends early' : undefined;
    let skipBytes = pushedBytes;
    const again: Push = (bytes) => {
      const known = Math.min(skipBytes, bytes.length);
      skipBytes -= known;
      return push(bytes.subarray(known));
    };
    const sizeAt = (at: number): number => (at < atByte ? Math.min(pieceBytes, atByte - at) : 1);
    const exact = await inflate(part(file, startByte), sizeAt, open, again);
    if (exact.end === 'stopped') return undefined;
    // A browser inflates one member of a file, and calls what comes behind it damage.
    const member = await inflate(
      part(file, startByte, exact.atByte),
      () => pieceBytes,
      open,
      () => true,
    );
    startByte += exact.atByte;
    if (member.end !== 'whole' || !(await beginsGzip(part(file, startByte)))) return `the gzip data is damaged (${failure})`;
  }
}

/** What inflating came to. */
interface Inflated {
  /** The data was whole, ended early or was damaged; or `push` wanted no more. */
  readonly end: 'whole' | 'short' | 'damaged' | 'stopped';
  /** Where the piece begins that could not be inflated. */
  readonly atByte: number;
  readonly failure: string | null;
}

/**
 * Inflates gzip data piece by piece, while the previous piece's output is parsed.
 *
 * It is not a pipeline of streams: at the end of a truncated file, a failing stream discards the inflated data that it has not
 * passed on.
 * @param sizeAt size of the piece that begins at this byte
 */
async function inflate(
  chunks: AsyncIterable<Uint8Array>,
  sizeAt: (at: number) => number,
  open: OpenGunzip,
  push: Push,
): Promise<Inflated> {
  const output: Uint8Array[] = [];
  const gunzip = open((bytes) => output.push(bytes));
  const drain = (): boolean => output.splice(0).every(push);
  let atByte = 0;
  try {
    for await (const chunk of chunks) {
      for (let from = 0, size = 0; from < chunk.length; from += size, atByte += size) {
        size = Math.min(sizeAt(atByte), chunk.length - from);
        const written = failureOf(gunzip.write(chunk.subarray(from, from + size)));
        if (!drain()) return { end: 'stopped', atByte, failure: null };
        const failure = await written;
        if (failure === null) continue;
        return { end: drain() ? 'damaged' : 'stopped', atByte, failure };
      }
    }
    const failure = await failureOf(gunzip.end());
    return { end: !drain() ? 'stopped' : failure === null ? 'whole' : 'short', atByte, failure };
  } finally {
    gunzip.close();
  }
}

const failureOf = (done: Promise<void>): Promise<string | null> =>
  done.then(
    () => null,
    (error: Error) => error.message,
  );

/** The bytes of a file from one on, so many of them. */
async function* part(file: SourceFile, startByte: number, bytes = Infinity): AsyncGenerator<Uint8Array, undefined, undefined> {
  let at = 0;
  const endByte = startByte + bytes;
  for await (const chunk of file.chunks()) {
    const wanted = chunk.subarray(Math.max(0, startByte - at), Math.max(0, endByte - at));
    at += chunk.length;
    if (wanted.length > 0) yield wanted;
    if (at >= endByte) return;
  }
}

/** Whether these are the first bytes of gzip data. https://www.rfc-editor.org/rfc/rfc1952#page-5 */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

async function beginsGzip(chunks: AsyncIterable<Uint8Array>): Promise<boolean> {
  const first: number[] = [];
  for await (const chunk of chunks) {
    first.push(...chunk.subarray(0, 2));
    if (first.length > 1) break;
  }
  return isGzip(Uint8Array.from(first));
}
