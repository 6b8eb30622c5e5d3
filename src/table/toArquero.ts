import { table as arqueroTable, type ColumnTable } from 'arquero';
import type { TableSchema } from './schema.js';
import type { Table } from './table.js';

/**
 * An Arquero table over the same columns; nothing is copied. Apart from `Table` itself, since loading Arquero takes longer than
 * reading a small trace. https://idl.uw.edu/arquero/api/
 */
export function toArquero<S extends TableSchema>({ schema, columns }: Table<S>): ColumnTable {
  return arqueroTable(columns as Record<string, never>, Object.keys(schema));
}
