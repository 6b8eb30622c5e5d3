import { bool, float64, int32, tableFromArrays, tableToIPC, utf8 } from '@uwdata/flechette';
import { table as arqueroTable } from 'arquero';
import { withoutFormula } from '../text/formula.js';
import { inertText } from '../text/inertText.js';
import { type Cell, isText, type Table, tableIn, type Value, type ValueKind } from '../view/block.js';

/** A flat table for other tools; columns are equally long. */
export interface DataTable {
  /** Name of the file, without its extension. */
  readonly name: string;
  readonly columns: readonly DataColumn[];
}

export interface DataColumn {
  /** With its unit at the end: "medianMs". */
  readonly name: string;
  readonly kind: 'text' | 'number' | 'count' | 'flag';
  /** Null where it was not measured. Text is inert. */
  readonly values: readonly Value[];
}

const TEXT_LIMIT = 2000;

/**
 * A table column by column. Text is inert, numbers that are not finite are null, and the ends of intervals are separate columns.
 */
export function dataOf(of: Table): DataTable {
  const { caption, columns, rows } = tableIn('data', of);
  return {
    name: caption,
    columns: columns.flatMap(({ id, kind, interval }, place) => {
      const column = (name: string, value: (cell: Cell) => Value): DataColumn => ({
        name,
        kind: kindInData(kind),
        values: rows.map((row) => plain(value(row[place]!))),
      });
      const [stem, unit] = stemAndUnit(id, kind);
      const ends = [
        column(`${stem}Low${unit}`, ({ ci95 }) => ci95?.[0] ?? null),
        column(`${stem}High${unit}`, ({ ci95 }) => ci95?.[1] ?? null),
      ];
      return [column(id, ({ value }) => value), ...(interval ? ends : [])];
    }),
  };
}

function kindInData(kind: ValueKind): DataColumn['kind'] {
  if (kind === 'count' || kind === 'flag') return kind;
  return isText(kind) || kind === 'figures' ? 'text' : 'number';
}

/** "setup" and "Ms" of "setupMs", from which the names of an interval's ends are made. */
function stemAndUnit(id: string, kind: ValueKind): readonly [stem: string, unit: string] {
  const unit = kind === 'ms' ? 'Ms' : kind === 'bytes' ? 'Bytes' : '';
  return id.endsWith(unit) ? [id.slice(0, id.length - unit.length), unit] : [id, ''];
}

function plain(value: Value): Value {
  if (typeof value === 'string') return inertText(value, TEXT_LIMIT);
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}

/**
 * A table as comma-separated values with plain numbers. Text that a spreadsheet would run as a formula gets a leading apostrophe.
 */
export function csvText({ columns }: DataTable): string {
  const texts = columns.filter(({ kind }) => kind === 'text').map(({ name }) => name);
  const guarded = (value: unknown) => (typeof value === 'string' ? withoutFormula(value) : value);
  return arqueroTable(columns.map(({ name, values }) => [name, values] as [string, unknown[]])).toCSV({
    format: Object.fromEntries(texts.map((name) => [name, guarded])),
  });
}

const ARROW_TYPES: Readonly<Record<DataColumn['kind'], () => ReturnType<typeof utf8>>> = {
  text: utf8,
  number: float64,
  count: int32,
  flag: bool,
} as never;

/** A table as an Arrow file, which keeps the types of empty columns. https://arrow.apache.org/docs/format/Columnar.html */
export function arrowOf({ columns }: DataTable): Uint8Array {
  const made = tableFromArrays(
    columns.map(({ name, values }) => [name, values as unknown[]] as [string, unknown[]]),
    { types: Object.fromEntries(columns.map(({ name, kind }) => [name, ARROW_TYPES[kind]()])) },
  );
  return tableToIPC(made, { format: 'file' })!;
}
