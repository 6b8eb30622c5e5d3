import { writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { Zip, ZipDeflate, type ZipInputFile, ZipPassThrough } from 'fflate';

/** One file in a zip, written piece by piece. */
export interface ZipEntry {
  write(bytes: Uint8Array): void;
  end(): void;
}

/** Beyond it a zip needs another format, which not every reader has. */
const MOST_BYTES = 2 ** 32 - 1;

/**
 * Writes a zip to a file that is open. What is written goes to the disk at once, so that memory does not grow with it. One entry has to
 * end before the next begins.
 */
export class ZipWriter {
  readonly #zip: Zip;
  readonly #changedAt: Date;
  #bytes = 0;

  /** @param changedAt the time that each file in it gets */
  constructor(file: FileHandle, changedAt: Date) {
    this.#changedAt = changedAt;
    this.#zip = new Zip((error, bytes) => {
      if (error) throw error;
      for (let at = 0; at < bytes.length; ) at += writeSync(file.fd, bytes, at);
      this.#bytes += bytes.length;
    });
  }

  /** Bytes written. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @param isCompressed whether the file is compressed already, so that another time would gain nothing */
  entry(name: string, isCompressed: boolean): ZipEntry {
    const entry: ZipInputFile & { push(bytes: Uint8Array, final?: boolean): void } = isCompressed
      ? new ZipPassThrough(name)
      : new ZipDeflate(name, { level: 6 });
    entry.mtime = this.#changedAt;
    this.#zip.add(entry);
    let written = 0;
    return {
      write: (bytes) => {
        written += bytes.length;
        if (written > MOST_BYTES || this.#bytes > MOST_BYTES) throw new RangeError('it would be larger than 4 GB');
        if (bytes.length > 0) entry.push(bytes);
      },
      end: () => entry.push(new Uint8Array(0), true),
    };
  }

  /** A whole file. */
  add(name: string, bytes: Uint8Array, isCompressed = false): void {
    const entry = this.entry(name, isCompressed);
    entry.write(bytes);
    entry.end();
  }

  /** Writes the list of files, which ends a zip. */
  end(): void {
    this.#zip.end();
  }
}
