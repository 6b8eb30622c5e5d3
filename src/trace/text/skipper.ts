import * as byte from './bytes.js';
import type { Scanner } from './scanner.js';

/**
 * Skips one value of any size and depth, chunk by chunk: where it stands inside the value is kept in three numbers, so nothing has
 * to stay in the buffer and nothing recurses.
 */
export class Skipper {
  #depth = 0;
  #inString = false;
  #inScalar = false;

  /** At the first byte of a value. */
  start(): void {
    this.#depth = 0;
    this.#inString = false;
    this.#inScalar = false;
  }

  /** Goes on at `at`. Returns the position after the value, or -1 if it goes on after the bytes at hand. */
  resume(scanner: Scanner, at: number): number {
    const { bytes, limit } = scanner;
    for (let i = at; i < limit; i++) {
      const c = bytes[i]!;
      if (this.#inString) {
        if (c === byte.backslash) {
          // The escaped byte may be in the next chunk: leave both for then.
          if (i + 1 >= limit) return this.#pause(scanner, i);
          i++;
        } else if (c === byte.quote) {
          this.#inString = false;
          if (this.#depth === 0) return i + 1;
        }
      } else if (c === byte.quote) {
        this.#inString = true;
      } else if ((c | byte.braceBit) === byte.openBrace) {
        this.#depth++;
      } else if ((c | byte.braceBit) === byte.closeBrace) {
        if (this.#depth === 0) return this.#inScalar ? i : scanner.unexpected(i, 'a value');
        if (--this.#depth === 0) return i + 1;
      } else if (this.#depth === 0) {
        if (c === byte.comma || c <= byte.space) return this.#inScalar ? i : scanner.unexpected(i, 'a value');
        this.#inScalar = true;
      }
    }
    return this.#pause(scanner, limit);
  }

  /** `scanner.at` is where to go on. */
  #pause(scanner: Scanner, at: number): -1 {
    scanner.at = at;
    return -1;
  }
}
