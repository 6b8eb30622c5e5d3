import * as byte from './bytes.js';
import type { Scanner } from './scanner.js';
import type { StringTable } from './stringTable.js';
import type { TraceEvent } from './traceEvent.js';

/**
 * What pairs an event with others: its `id`, `id2.global`, or `id2.local` after the process id, as that is local to its process; all
 * after the scope if there is one (`scope:pid:0x1`).
 * Source: Trace Event Format, "Async Events".
 */
export class EventIds {
  readonly #scanner: Scanner;
  readonly #strings: StringTable;
  #text = new Uint8Array(256);
  #length = 0;

  constructor(scanner: Scanner, strings: StringTable) {
    this.#scanner = scanner;
    this.#strings = strings;
  }

  /** The code of the id; 0 if the event has none. */
  of(event: TraceEvent): number {
    const local = this.#scanner.find(event.id2, 'local');
    const at = local >= 0 ? local : event.id2 >= 0 ? this.#scanner.find(event.id2, 'global') : event.id;
    if (at < 0) return 0;
    this.#length = 0;
    if (event.scope >= 0) this.#append(event.scope);
    if (local >= 0) this.#appendNumber(event.pid);
    this.#append(at);
    return this.#strings.intern(this.#text, 0, this.#length - 1);
  }

  /** Appends the string or number at `at`, and a colon. */
  #append(at: number): void {
    const { bytes } = this.#scanner;
    const quotes = bytes[at] === byte.quote ? 1 : 0;
    const end = this.#scanner.skipValue(at) - quotes;
    this.#reserve(end - at);
    for (let i = at + quotes; i < end; i++) this.#text[this.#length++] = bytes[i]!;
    this.#text[this.#length++] = byte.colon;
  }

  #appendNumber(value: number): void {
    this.#reserve(10);
    let digit = 1;
    while (digit * 10 <= value) digit *= 10;
    for (; digit >= 1; digit /= 10) this.#text[this.#length++] = byte.zero + (Math.floor(value / digit) % 10);
    this.#text[this.#length++] = byte.colon;
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes < this.#text.length) return;
    const larger = new Uint8Array((this.#length + bytes) * 2);
    larger.set(this.#text);
    this.#text = larger;
  }
}
