import { WasmError } from './error.js';

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Reads a module's bytes in order and never beyond `end`; what does not fit is a WasmError at its offset. */
export class Cursor {
  constructor(
    readonly bytes: Uint8Array,
    public at: number,
    readonly end: number,
  ) {}

  get done(): boolean {
    return this.at >= this.end;
  }

  byte(): number {
    if (this.at >= this.end) throw new WasmError(this.at, 'it ends in the middle of an item');
    return this.bytes[this.at++]!;
  }

  /** An unsigned LEB128 of at most 32 bits. */
  u32(): number {
    const start = this.at;
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      // Not `|`: the fifth byte reaches the sign bit of a 32-bit integer.
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) {
        if (value > 0xffff_ffff) break;
        return value;
      }
    }
    throw new WasmError(start, 'a number is longer than 32 bits');
  }

  /** Steps over a LEB128 of any type (at most 64 bits). */
  skipLeb(): void {
    const start = this.at;
    for (let i = 0; i < 10; i++) if (this.byte() < 0x80) return;
    throw new WasmError(start, 'a number is longer than 64 bits');
  }

  /** A count of items of at least `itemBytes` each: one that cannot fit in the rest is an error before anything is allocated for it. */
  count(itemBytes: number): number {
    const start = this.at;
    const count = this.u32();
    if (count * itemBytes > this.end - this.at)
      throw new WasmError(start, `${count} items do not fit in ${this.end - this.at} bytes`);
    return count;
  }

  /** The next `length` bytes as a cursor of their own; this one goes on behind them. */
  slice(length: number): Cursor {
    if (length > this.end - this.at) {
      throw new WasmError(this.at, `${length} bytes are announced, ${this.end - this.at} are left`);
    }
    this.at += length;
    return new Cursor(this.bytes, this.at - length, this.at);
  }

  /** Steps over a value type: one byte, or a `ref` with the heap type behind it (function-references proposal). */
  valueType(): void {
    const type = this.byte();
    if (type === 0x63 || type === 0x64) this.skipLeb();
  }

  /** A length and as many bytes of UTF-8; malformed sequences become U+FFFD. The text is as untrusted as the module. */
  text(): string {
    const { at, end } = this.slice(this.u32());
    // A page's decoder refuses views on shared memory; `slice` copies.
    return utf8.decode(this.bytes.slice(at, end));
  }
}
