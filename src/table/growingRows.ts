import type { ArrayOf, ColumnType } from './schema.js';

/** Rows of a block; 1M rows are 64 blocks. A power of two, so that the place of a row is a mask away. */
const BLOCK_ROWS = 1 << 14;

const arrayTypes = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u32: Uint32Array,
  u16: Uint16Array,
  u8: Uint8Array,
  dict: Uint32Array,
} as const;

export type RowShape = Readonly<Record<string, ColumnType>>;

type RowArrayOf = Omit<ArrayOf, 'dict'> & { readonly dict: Uint32Array };

/** Typed arrays of rows of shape S; a `dict` column is its codes. */
export type RowArrays<S extends RowShape> = { readonly [K in keyof S]: RowArrayOf[S[K]] };

/**
 * Rows that grow without being copied: columns in blocks of typed arrays. Doubling one large array instead would hold it twice
 * while it grows, and would leave the halves to the garbage collector.
 *
 *     const at = rows.next();
 *     rows.block.startUs[at] = 12;
 */
export class RowBlocks<S extends RowShape> {
  length = 0;
  /** The block that holds the row which `next` gave. */
  block!: RowArrays<S>;
  readonly #shape: S;
  readonly #blocks: RowArrays<S>[] = [];

  constructor(shape: S) {
    this.#shape = shape;
  }

  /** Appends a row of zeros; returns its place in `block`. Its row number is `length - 1`. */
  next(): number {
    const at = this.length++ & (BLOCK_ROWS - 1);
    if (at === 0) this.#grow();
    return at;
  }

  /** One column as one array of `length` values. Its blocks are let go of, so each column can be taken once. */
  take<K extends keyof S>(name: K): RowArrays<S>[K] {
    const whole = new arrayTypes[this.#shape[name]!](this.length);
    for (let k = 0; k < this.#blocks.length; k++) {
      const block: { -readonly [C in keyof S]?: RowArrayOf[S[C]] } = this.#blocks[k]!;
      const part = block[name]!;
      const from = k * BLOCK_ROWS;
      whole.set(part.subarray(0, Math.min(BLOCK_ROWS, this.length - from)), from);
      delete block[name];
    }
    return whole as RowArrays<S>[K];
  }

  #grow(): void {
    const block: Record<string, unknown> = {};
    for (const [name, type] of Object.entries(this.#shape)) block[name] = new arrayTypes[type](BLOCK_ROWS);
    this.block = block as RowArrays<S>;
    this.#blocks.push(this.block);
  }
}
