import { bool, float64, int32, tableFromArrays, tableToIPC, utf8 } from '@uwdata/flechette';
import type { ExportColumn, ExportTable } from './exportTable.js';

const TYPES: Readonly<Record<ExportColumn['kind'], () => ReturnType<typeof utf8>>> = {
  text: utf8,
  number: float64,
  count: int32,
  flag: bool,
} as never;

/** A table as an Arrow file, which keeps the types of columns that hold nothing. https://arrow.apache.org/docs/format/Columnar.html */
export function arrowBytes({ columns }: ExportTable): Uint8Array {
  const table = tableFromArrays(
    columns.map(({ name, values }) => [name, values as unknown[]] as [string, unknown[]]),
    { types: Object.fromEntries(columns.map(({ name, kind }) => [name, TYPES[kind]()])) },
  );
  return tableToIPC(table, { format: 'file' })!;
}
