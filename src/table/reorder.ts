type Column = Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/**
 * Puts rows in the given order, in place: afterwards row i of every column is what row order[i] was. Rows that are not in `order` are
 * dropped; the columns returned are views of the same memory, as long as the order. In place, since large arrays that were replaced
 * by new ones would stay in memory until the next garbage collection.
 */
export function reorder<C extends Readonly<Record<string, Column>>>(columns: C, order: Uint32Array): C {
  if (isIdentity(order) && Object.values(columns).every(({ length }) => length === order.length)) return columns;
  const scratch = new ArrayBuffer(order.length * Float64Array.BYTES_PER_ELEMENT);
  const reordered: Record<string, Column> = {};
  for (const [name, column] of Object.entries(columns)) {
    const from = bits(column);
    const to = new (from.constructor as Float64ArrayConstructor)(scratch, 0, order.length);
    gather(from, order, to);
    from.set(to);
    reordered[name] = column.subarray(0, order.length);
  }
  return reordered as C;
}

/** Events of a single thread mostly are in order already. */
function isIdentity(order: Uint32Array): boolean {
  for (let i = 0; i < order.length; i++) if (order[i] !== i) return false;
  return true;
}

/** The same memory as one of four kinds of array: V8 compiles a loop over at most four kinds well. */
function bits(column: Column): Float64Array | Uint32Array | Uint16Array | Uint8Array {
  if (column instanceof Float32Array || column instanceof Int32Array) {
    return new Uint32Array(column.buffer, column.byteOffset, column.length);
  }
  return column;
}

function gather(from: ReturnType<typeof bits>, order: Uint32Array, to: ReturnType<typeof bits>): void {
  for (let i = 0; i < order.length; i++) to[i] = from[order[i]!]!;
}
