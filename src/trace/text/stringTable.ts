import { hashKey } from '../../table/hashKey.js';
import type { MemoryBudget } from '../../table/memoryBudget.js';
import { resolveEscapes } from './resolveEscapes.js';
import type { Scanner } from './scanner.js';
import { moreNeeded } from './signals.js';

// Not imported: V8 reads an imported constant from memory each time, which made reading a fifth slower.
const quote = 0x22;
const backslash = 0x5c;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** What a JavaScript string takes beside its characters, with its place in the list. */
const STRING_BYTES = 32;
/** Of an entry in `#entries`, and of a slot. */
const ENTRY_BYTES = 16;
const SLOT_BYTES = 4;

/** So many entries on the way to one are not chance: at most half of the slots are taken. */
const MOST_STEPS = 128;

/**
 * The distinct strings of a trace, each read from bytes to a JavaScript string once. A string is known by its code; code 0 is the
 * empty string. Strings that are equal have equal codes, also if one was written with escapes or with invalid UTF-8.
 *
 * Strings are hashed as they are read, in a way that is fast and can be foreseen. Where many have one hash, as an input can have it on
 * purpose, all are hashed anew with a secret key, and so is what comes after.
 */
export class StringTable {
  /** All strings, by code. */
  readonly strings: string[] = [];
  /** UTF-8 of all entries, one after the other. */
  #pool = new Uint8Array(1 << 14);
  #poolEnd = 0;
  // An entry is a run of bytes in the pool; several may have one code. Entry e: start, length, hash, code at 4e.
  #entries = new Int32Array(4 << 9);
  #entryCount = 0;
  /** Hash table, open addressing: entry + 1, 0 is free. */
  #slots = new Int32Array(1 << 10);
  #scratch = new Uint8Array(256);
  /** Null as long as hashes are those that `read` makes. */
  #key: ReturnType<typeof hashKey> | null = null;
  readonly #budget: MemoryBudget;

  constructor(budget: MemoryBudget) {
    this.#budget = budget;
    this.of('');
  }

  /** The code of the JSON string whose opening quote is at `at`; `scanner.at` is then after the closing one. */
  read(scanner: Scanner, at: number): number {
    const bytes = scanner.bytes;
    const start = at + 1;
    let i = start;
    let hash = 0;
    for (;;) {
      const c = bytes[i]!;
      // Most bytes are lower-case letters: one comparison for them.
      if (c <= backslash) {
        if (c === quote) break;
        if (c === backslash) return this.#readEscaped(scanner, start);
        if (c === 0 && i >= scanner.limit) throw moreNeeded;
      }
      hash = (Math.imul(hash, 31) + c) | 0;
      i++;
    }
    scanner.at = i + 1;
    return this.#intern(bytes, start, i, hash);
  }

  /** The code of a value as text: of a string its content, of anything else what is written. */
  readText(scanner: Scanner, at: number): number {
    if (scanner.bytes[at] === quote) return this.read(scanner, at);
    scanner.at = scanner.skipValue(at);
    return this.intern(scanner.bytes, at, scanner.at);
  }

  /** The code of the bytes between `start` and `end`, as they are. */
  intern(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0;
    for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + bytes[i]!) | 0;
    return this.#intern(bytes, start, end, hash);
  }

  /** The code of a JavaScript string. */
  of(text: string): number {
    const bytes = encoder.encode(text);
    return this.intern(bytes, 0, bytes.length);
  }

  #readEscaped(scanner: Scanner, start: number): number {
    const after = scanner.skipString(start);
    if (this.#scratch.length < after - start) this.#scratch = new Uint8Array((after - start) * 2);
    const length = resolveEscapes(scanner.bytes, start, after - 1, this.#scratch);
    scanner.at = after;
    return this.intern(this.#scratch, 0, length);
  }

  /** @param fastHash the one that `read` makes */
  #intern(bytes: Uint8Array, start: number, end: number, fastHash: number): number {
    const hash = this.#key === null ? fastHash : keyedHash(bytes, start, end, this.#key);
    const slots = this.#slots;
    const entries = this.#entries;
    const mask = slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    let steps = 0;
    for (; slots[slot] !== 0; slot = (slot + 1) & mask) {
      if (++steps > MOST_STEPS && this.#key === null) {
        this.#rehash();
        return this.#intern(bytes, start, end, fastHash);
      }
      const e = (slots[slot]! - 1) * 4;
      if (entries[e + 2] === hash && entries[e + 1] === end - start && this.#same(entries[e]!, bytes, start, end)) {
        return entries[e + 3]!;
      }
    }
    return this.#insert(bytes, start, end, hash);
  }

  #same(poolStart: number, bytes: Uint8Array, start: number, end: number): boolean {
    const pool = this.#pool;
    let p = poolStart;
    for (let i = start; i < end; i++) if (pool[p++] !== bytes[i]) return false;
    return true;
  }

  #insert(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const content = bytes.subarray(start, end);
    const text = decoder.decode(content);
    // Invalid UTF-8 decodes to U+FFFD: let it share the code of the same text written validly.
    const valid = text.includes('\ufffd') ? encoder.encode(text) : content;
    if (equal(valid, content)) {
      this.#budget.take(STRING_BYTES + 2 * text.length);
      this.#add(content, hash, this.strings.push(text) - 1);
      return this.strings.length - 1;
    }
    const code = this.intern(valid, 0, valid.length);
    // The call before may have changed how strings are hashed.
    this.#add(content, this.#key === null ? hash : keyedHash(content, 0, content.length, this.#key), code);
    return code;
  }

  #rehash(): void {
    this.#key = hashKey();
    this.#slots.fill(0);
    for (let entry = 0; entry < this.#entryCount; entry++) {
      const e = entry * 4;
      const start = this.#entries[e]!;
      this.#entries[e + 2] = keyedHash(this.#pool, start, start + this.#entries[e + 1]!, this.#key);
      this.#index(entry);
    }
  }

  #add(content: Uint8Array, hash: number, code: number): void {
    this.#reserve(content.length);
    this.#pool.set(content, this.#poolEnd);
    this.#entries.set([this.#poolEnd, content.length, hash, code], this.#entryCount * 4);
    this.#poolEnd += content.length;
    this.#entryCount++;
    this.#index(this.#entryCount - 1);
  }

  #index(entry: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const hash = this.#entries[entry * 4 + 2]!;
    let slot = (hash ^ (hash >>> 15)) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = entry + 1;
  }

  /** Makes room for one more entry of so many bytes. */
  #reserve(bytes: number): void {
    if (this.#poolEnd + bytes > this.#pool.length) {
      const size = Math.max(this.#pool.length * 2, this.#poolEnd + bytes);
      this.#budget.take(size - this.#pool.length);
      const pool = new Uint8Array(size);
      pool.set(this.#pool.subarray(0, this.#poolEnd));
      this.#pool = pool;
    }
    if ((this.#entryCount + 1) * 2 <= this.#slots.length) return;
    this.#budget.take((this.#entries.length / 4) * ENTRY_BYTES + this.#slots.length * SLOT_BYTES);
    const entries = new Int32Array(this.#entries.length * 2);
    entries.set(this.#entries);
    this.#entries = entries;
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let entry = 0; entry < this.#entryCount; entry++) this.#index(entry);
  }
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

/** As FNV-1a, with a secret number to multiply by, and shifted after each byte so that one cannot undo what another did. */
function keyedHash(bytes: Uint8Array, start: number, end: number, [seed, multiplier]: ReturnType<typeof hashKey>): number {
  let hash = seed;
  for (let i = start; i < end; i++) {
    hash = Math.imul(hash ^ bytes[i]!, multiplier);
    hash ^= hash >>> 15;
  }
  return hash;
}
