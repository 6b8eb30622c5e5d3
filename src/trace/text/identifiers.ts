import * as byte from './bytes.js';
import type { Scanner } from './scanner.js';
import type { StringTable } from './stringTable.js';

/** From here on a number may stand for an id that is no unsigned 32-bit number. No system gives such ids to processes or threads. */
const firstAssigned = 0xf000_0000;
const words = 2 ** 32;

/**
 * Process and thread ids as unsigned 32-bit numbers, one per distinct id. The format wants numbers; tools also write names, numbers
 * in quotes, and 64-bit numbers.
 *
 * A whole number of 32 bits stays what it is, so that it can be compared with ids from elsewhere. These are one id:
 * - a number with and without quotes: 1 and "1" (but "01" and "1.0" are names);
 * - a 32-bit number with and without its sign: -1 and 4294967295;
 * - 0, "", and an id that is missing or no number or string.
 *
 * Every other id gets a number of its own.
 */
export class Identifiers {
  readonly #strings: StringTable;
  /** By code of a string: the number of the id. */
  readonly #ofCode: (number | undefined)[] = [];
  /** By value: the number of an id that is written as a number, but is none below `firstAssigned`. */
  readonly #ofValue = new Map<number, number>();
  /** By number: how the trace writes the id, where that is not the number itself. */
  readonly #texts = new Map<number, string>();
  #next = firstAssigned;

  constructor(strings: StringTable) {
    this.#strings = strings;
  }

  /** The number of the id at `at`; `scanner.at` is then after it. */
  read(scanner: Scanner, at: number): number {
    const first = scanner.bytes[at]!;
    if (first !== byte.quote) {
      const value = scanner.number(at);
      const whole = value >>> 0;
      if (whole === value && whole < firstAssigned) return whole;
      if (Number.isSafeInteger(value)) return this.#ofNumber(value);
      if (Number.isNaN(value)) return 0;
    }
    const code = this.#strings.readText(scanner, at);
    this.#ofCode[code] ??= this.#ofText(this.#strings.strings[code]!);
    return this.#ofCode[code];
  }

  /** The id as the trace writes it, for readers. */
  textOf(id: number): string {
    return this.#texts.get(id) ?? String(id);
  }

  #ofText(text: string): number {
    if (text === '') return 0;
    const value = Number(text);
    return Number.isSafeInteger(value) && String(value) === text ? this.#ofNumber(value) : this.#assign(text);
  }

  #ofNumber(value: number): number {
    const isWord = value >= -words / 2 && value < words;
    const whole = value >>> 0;
    if (isWord && whole < firstAssigned) {
      if (value < 0) this.#texts.set(whole, String(value));
      return whole;
    }
    const key = isWord ? whole : value;
    const known = this.#ofValue.get(key);
    if (known !== undefined) return known;
    const id = isWord && !this.#texts.has(whole) ? whole : this.#free();
    this.#texts.set(id, String(value));
    this.#ofValue.set(key, id);
    return id;
  }

  #assign(text: string): number {
    const id = this.#free();
    this.#texts.set(id, text);
    return id;
  }

  #free(): number {
    while (this.#texts.has(this.#next)) this.#next++;
    return this.#next;
  }
}
