import { JsonSyntaxError, moreNeeded } from './signals.js';

// Not imported: V8 reads an imported constant from memory each time, which made reading a fifth slower.
const quote = 0x22;
const comma = 0x2c;
const minus = 0x2d;
const point = 0x2e;
const zero = 0x30;
const nine = 0x39;
const colon = 0x3a;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const space = 0x20;
const braceBit = 0x20;

const powersOfTen = Float64Array.from({ length: 16 }, (_, power) => 10 ** power);

/**
 * Finds its way in the JSON bytes at hand: every method takes the position of a value and returns, or leaves in `at`, the position
 * after it. Strict about what it must understand and lenient about the rest (commas, brackets of the other kind inside a
 * skipped value).
 *
 * The bytes from `limit` on are zero, at least eight of them. A zero is no part of JSON, so loops need no other test for the end:
 * whoever meets one calls `unexpected`, which tells the end of the bytes from a wrong byte.
 */
export class Scanner {
  bytes: Uint8Array = new Uint8Array(8);
  /** The same bytes. */
  view: DataView = new DataView(this.bytes.buffer);
  limit = 0;
  /** Offset of `bytes[0]` in the whole input. */
  base = 0;
  /** Where the value ended of which a method returned the content. */
  at = 0;
  /** The key that `nextKey` found, without its quotes. */
  keyStart = 0;
  keyEnd = 0;

  unexpected(at: number, expected: string): never {
    if (at >= this.limit) throw moreNeeded;
    throw new JsonSyntaxError(this.base + at, `expected ${expected}`);
  }

  /** After white space. */
  skipSpace(at: number): number {
    const bytes = this.bytes;
    let i = at;
    while (bytes[i]! <= space && bytes[i] !== 0) i++;
    return i;
  }

  /** After white space and commas: their number is not checked, so that a trailing comma is none to worry about. */
  skipSeparators(at: number): number {
    const bytes = this.bytes;
    let i = at;
    for (;;) {
      const c = bytes[i]!;
      if (c !== comma && (c > space || c === 0)) return i;
      i++;
    }
  }

  /** After the closing quote; `at` is after the opening one. */
  skipString(at: number): number {
    const bytes = this.bytes;
    let i = at;
    for (;;) {
      const c = bytes[i++]!;
      // Most bytes are lower-case letters: one comparison for them.
      if (c > backslash) continue;
      if (c === quote) return i;
      if (c === backslash) i++;
      else if (c === 0 && i > this.limit) throw moreNeeded;
    }
  }

  skipValue(at: number): number {
    const c = this.bytes[at]!;
    if (c === quote) return this.skipString(at + 1);
    if ((c | braceBit) === openBrace) return this.#skipNested(at);
    return this.#skipScalar(at);
  }

  /**
   * The next key of an object, left in `keyStart` and `keyEnd`; `at` is after its `{` or after a value.
   * @returns where the key's value starts; -1 after the last one, `this.at` is then after the `}`
   */
  nextKey(at: number): number {
    const bytes = this.bytes;
    const start = bytes[at] === comma && bytes[at + 1] === quote ? at + 1 : this.skipSeparators(at);
    if (bytes[start] !== quote) {
      if (bytes[start] !== closeBrace) this.unexpected(start, 'a quoted key or }');
      this.at = start + 1;
      return -1;
    }
    let i = start + 1;
    this.keyStart = i;
    while (bytes[i]! > backslash) i++;
    i = bytes[i] === quote ? i + 1 : this.skipString(i);
    this.keyEnd = i - 1;
    if (bytes[i] !== colon) {
      i = this.skipSpace(i);
      if (bytes[i] !== colon) this.unexpected(i, 'a colon after the key');
    }
    i++;
    return bytes[i]! > space ? i : this.skipSpace(i);
  }

  /** The next element of an array; `at` is after its `[` or after a value. -1 after the last one, as `nextKey`. */
  nextElement(at: number): number {
    const start = this.skipSeparators(at);
    if (this.bytes[start] !== closeBracket) return start;
    this.at = start + 1;
    return -1;
  }

  /** True if the key that `nextKey` found is this text, of ASCII. */
  keyIs(text: string): boolean {
    if (this.keyEnd - this.keyStart !== text.length) return false;
    const bytes = this.bytes;
    for (let i = 0; i < text.length; i++) if (bytes[this.keyStart + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  /** Where the value of a key of the object at `at` starts; -1 if there is no object or no such key. */
  find(at: number, key: string): number {
    if (at < 0 || this.bytes[at] !== openBrace) return -1;
    for (let value = this.nextKey(at + 1); value >= 0; value = this.nextKey(this.skipValue(value))) {
      if (this.keyIs(key)) return value;
    }
    return -1;
  }

  /**
   * The number at `at`, also if it stands in quotes; NaN if it is none. Up to 15 digits are summed here and are exact, the rest is
   * left to the engine, so the result always is what JSON.parse gives.
   */
  number(at: number): number {
    const bytes = this.bytes;
    let i = at;
    let c = bytes[i]!;
    const quoted = c === quote;
    if (quoted) c = bytes[++i]!;
    const negative = c === minus;
    if (negative) c = bytes[++i]!;
    let value = 0;
    let digits = -i;
    while (c >= zero && c <= nine) {
      value = value * 10 + (c - zero);
      c = bytes[++i]!;
    }
    digits += i;
    if (c === point && digits > 0) {
      const start = i + 1;
      c = bytes[++i]!;
      while (c >= zero && c <= nine) {
        value = value * 10 + (c - zero);
        c = bytes[++i]!;
      }
      const places = i - start;
      digits += places;
      if (places === 0 || digits > 15) return this.#slowNumber(at);
      value /= powersOfTen[places]!;
    }
    if (digits === 0 || digits > 15) return this.#slowNumber(at);
    if (quoted) {
      if (c !== quote) return this.#slowNumber(at);
      i++;
    } else if (c !== comma && (c | braceBit) !== closeBrace && (c > space || c === 0)) {
      return this.#slowNumber(at);
    }
    this.at = i;
    return negative ? -value : value;
  }

  #slowNumber(at: number): number {
    const end = this.skipValue(at);
    const quotes = this.bytes[at] === quote ? 1 : 0;
    this.at = end;
    if ((this.bytes[at]! | braceBit) === openBrace) return Number.NaN;
    const text = String.fromCharCode(...this.bytes.subarray(at + quotes, Math.min(end - quotes, at + 400)));
    return /^\s*[-+]?[\d.]/.test(text) ? Number(text) : Number.NaN;
  }

  #skipNested(at: number): number {
    const bytes = this.bytes;
    let i = at;
    let depth = 0;
    do {
      const c = bytes[i++]!;
      if (c === quote) i = this.skipString(i);
      else if ((c | braceBit) === openBrace) depth++;
      else if ((c | braceBit) === closeBrace) depth--;
      else if (c === 0 && i > this.limit) throw moreNeeded;
    } while (depth > 0);
    return i;
  }

  #skipScalar(at: number): number {
    const bytes = this.bytes;
    let i = at;
    for (;;) {
      const c = bytes[i]!;
      if (c <= space || c === comma || (c | braceBit) === closeBrace) break;
      i++;
    }
    if (i >= this.limit || i === at) this.unexpected(i, 'a value');
    return i;
  }
}
