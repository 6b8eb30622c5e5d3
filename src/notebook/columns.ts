import type { ColumnTable } from 'arquero';
import { schema, type TableName, type Tables } from './tables.js';

/**
 * A table of a run.
 * @throws Error, with what to write, if the notebook did not read it
 */
export function tableIn<Name extends TableName>(run: Tables<Name>, name: Name): ColumnTable {
  const table = run[name] as ColumnTable | undefined;
  if (table) return table;
  throw new Error(`This needs the table ${name}: tables({ ${name}: FileAttachment("data/my-run/${name}.arrow"), … })`);
}

/** Values of a column of numbers by row; without a copy where the table is as it was read. */
export function numbers(table: ColumnTable, name: string): ArrayLike<number> {
  const column = columnOf(table, name);
  if (Array.isArray(column) || ArrayBuffer.isView(column)) return column as unknown as ArrayLike<number>;
  return (column.toArray?.() as ArrayLike<number> | undefined) ?? Array.from(column);
}

/** Values of a column of texts by row. */
export function texts(table: ColumnTable, name: string): { at(row: number): string } {
  return columnOf(table, name);
}

function columnOf(table: ColumnTable, name: string) {
  const column = table.column(name);
  if (!column) throw new Error(`The table has no column ${name}; its columns are ${table.columnNames().join(', ')}.`);
  return column;
}

/** What each column of a documented table means: rows for `Inputs.table`. */
export function columnsOf(name: TableName): { readonly column: string; readonly type: string; readonly meaning: string }[] {
  return Object.entries(schema[name]).map(([column, { type, doc }]) => ({
    column,
    type: type === 'dict' ? 'text' : type,
    meaning: doc,
  }));
}
