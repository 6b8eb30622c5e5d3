import type { Columns, TableSchema } from './schema.js';

/** A table with declared columns, as raw arrays: for loops over millions of rows. `toArquero` views it for everything else. */
export interface Table<S extends TableSchema> {
  readonly schema: S;
  readonly length: number;
  readonly columns: Columns<S>;
}

export function table<S extends TableSchema>(schema: S, columns: Columns<S>, length: number): Table<S> {
  return { schema, columns, length };
}
