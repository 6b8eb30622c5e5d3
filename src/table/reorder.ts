type Column = Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** The values of a column at the rows in `order`, in that order, in an array of the same type. */
export function permuted<C extends Column>(column: C, order: Uint32Array): C {
  const result = new (column.constructor as new (length: number) => C)(order.length);
  gather(bits(column), order, bits(result));
  return result;
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
