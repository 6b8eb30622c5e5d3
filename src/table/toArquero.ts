import { table as arqueroTable } from 'arquero';
import type { ArqueroTable, Values } from './arqueroTable.js';
import type { TableSchema } from './schema.js';
import type { Table } from './table.js';

/**
 * An Arquero table over the same columns; nothing is copied. Apart from `Table` itself, since loading Arquero takes longer than
 * reading a small trace. https://idl.uw.edu/arquero/api/
 */
export function toArquero<S extends TableSchema>({ schema, columns }: Table<S>): ArqueroTable<Values<S>> {
  return arqueroTable(columns as Record<string, never>, Object.keys(schema)) as unknown as ArqueroTable<Values<S>>;
}
