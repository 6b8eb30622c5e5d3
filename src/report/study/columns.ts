import { inertText } from '../../text/inertText.js';
import type { ExportColumn, ExportTable } from './exportTable.js';

/** What a column takes from a row. */
export interface ColumnOf<R> {
  readonly name: string;
  readonly kind: ExportColumn['kind'];
  readonly value: (row: R) => string | number | boolean | null | undefined;
}

const TEXT_LIMIT = 2000;

/** A table of rows, column by column: text made inert, numbers that are none left empty. */
export function columns<R>(name: string, rows: readonly R[], of: readonly ColumnOf<R>[]): ExportTable {
  return {
    name,
    columns: of.map(({ name: column, kind, value }) => ({ name: column, kind, values: rows.map((row) => plain(value(row))) })),
  };
}

function plain(value: string | number | boolean | null | undefined): string | number | boolean | null {
  if (typeof value === 'string') return inertText(value, TEXT_LIMIT);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return value ?? null;
}
