import type { Scanner } from './scanner.js';

/** Zero bytes that the scanner wants behind the last. */
const padding = 8;

/** The bytes that a scanner has at hand: the rest of what came before, and the newest chunk behind it. */
export class ByteWindow {
  readonly #scanner: Scanner;

  constructor(scanner: Scanner) {
    this.#scanner = scanner;
  }

  /** Lets go of the first `done` bytes, which moves the others to the front, and appends a chunk. */
  append(chunk: Uint8Array, done: number): void {
    const scanner = this.#scanner;
    const left = scanner.limit - done;
    const limit = left + chunk.length;
    const old = scanner.bytes;
    if (old.length < limit + padding) {
      scanner.bytes = new Uint8Array(Math.max(limit + padding, Math.min(old.length * 2, limit + (1 << 24))));
      scanner.view = new DataView(scanner.bytes.buffer);
      scanner.bytes.set(old.subarray(done, scanner.limit));
    } else old.copyWithin(0, done, scanner.limit);
    scanner.bytes.set(chunk, left);
    scanner.bytes.fill(0, limit, limit + padding);
    scanner.base += done;
    scanner.limit = limit;
  }
}
