import { table as arqueroTable, type ColumnTable } from 'arquero';
import type { Columns, TableSchema } from './schema.js';

/**
 * A table with declared columns: the same data as raw arrays, for loops over millions of rows, and as an Arquero table, for
 * everything else. No copy is made of either.
 */
export interface Table<S extends TableSchema> {
  readonly schema: S;
  readonly length: number;
  readonly columns: Columns<S>;
  /** Arquero's view, made when first asked for. */
  readonly arquero: ColumnTable;
}

export function table<S extends TableSchema>(schema: S, columns: Columns<S>, length: number): Table<S> {
  let view: ColumnTable | undefined;
  return {
    schema,
    columns,
    length,
    get arquero() {
      view ??= arqueroTable(columns as Record<string, never>, Object.keys(schema));
      return view;
    },
  };
}
