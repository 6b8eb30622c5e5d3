import type { MemoryBudget } from './memoryBudget.js';
import type { ArrayOf, ColumnType } from './schema.js';

const firstCapacity = 256;

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
 * Rows that grow, in columns of typed arrays:
 *
 *     const row = rows.next();
 *     rows.columns.startUs[row] = 12;
 *
 * Capacity doubles; memory behind the last row is not touched, so it takes address space only, but counts in the budget.
 */
export class GrowingRows<S extends RowShape> {
  length = 0;
  /** Longer than `length`; replaced when they grow, so do not keep them over a call of `next`. */
  columns: RowArrays<S>;
  #capacity = 0;
  readonly #shape: S;
  readonly #rowBytes: number;
  readonly #budget: MemoryBudget;

  constructor(shape: S, budget: MemoryBudget) {
    this.#shape = shape;
    this.#rowBytes = Object.values(shape).reduce((sum, type) => sum + arrayTypes[type].BYTES_PER_ELEMENT, 0);
    this.#budget = budget;
    this.columns = this.#allocate();
  }

  /** Appends a row of zeros and returns its number. */
  next(): number {
    if (this.length === this.#capacity) this.#grow();
    return this.length++;
  }

  /** The columns, as long as there are rows: views of the same memory. */
  finish(): RowArrays<S> {
    const views: Record<string, unknown> = {};
    for (const [name, column] of Object.entries(this.columns)) views[name] = column.subarray(0, this.length);
    return views as RowArrays<S>;
  }

  #grow(): void {
    const old = this.columns;
    const capacity = Math.max(firstCapacity, this.#capacity * 2);
    this.#budget.take((capacity - this.#capacity) * this.#rowBytes);
    this.#capacity = capacity;
    this.columns = this.#allocate();
    for (const [name, column] of Object.entries(this.columns)) column.set(old[name]!);
  }

  #allocate(): RowArrays<S> {
    const columns: Record<string, unknown> = {};
    for (const [name, type] of Object.entries(this.#shape)) columns[name] = new arrayTypes[type](this.#capacity);
    return columns as RowArrays<S>;
  }
}
