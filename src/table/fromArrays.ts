import { dictionary } from './dictionary.js';
import type { RowArrays } from './growingRows.js';
import type { Columns, TableSchema } from './schema.js';
import { type Table, table } from './table.js';

/** The arrays of a schema's columns before their codes are given strings. */
export type SchemaArrays<S extends TableSchema> = RowArrays<{ readonly [K in keyof S]: S[K]['type'] }>;

/** A table of columns that were built as arrays, all of one length; codes of `dict` columns are into `strings`. */
export function fromArrays<S extends TableSchema>(schema: S, arrays: SchemaArrays<S>, strings: readonly string[]): Table<S> {
  const columns: Record<string, unknown> = {};
  let length = 0;
  for (const [name, { type }] of Object.entries(schema)) {
    const array = arrays[name]!;
    length = array.length;
    columns[name] = type === 'dict' ? dictionary(array as Uint32Array, strings) : array;
  }
  return table(schema, columns as Columns<S>, length);
}
