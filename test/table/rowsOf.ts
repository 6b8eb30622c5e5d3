import type { TableSchema } from '../../src/table/schema.js';
import type { Table } from '../../src/table/table.js';

/** The rows of a table as objects, with strings for codes: for comparing in tests. */
export function rowsOf<S extends TableSchema>(table: Table<S>): Record<keyof S & string, string | number>[] {
  const columns = Object.entries(table.columns as Record<string, { at(row: number): string | number | undefined }>);
  return Array.from({ length: table.length }, (_, row) => {
    return Object.fromEntries(columns.map(([name, column]) => [name, column.at(row)])) as Record<
      keyof S & string,
      string | number
    >;
  });
}

/** Some columns of every row, in the order asked for. */
export function valuesOf<S extends TableSchema>(table: Table<S>, ...names: (keyof S & string)[]): (string | number)[][] {
  return rowsOf(table).map((row) => names.map((name) => row[name]));
}
