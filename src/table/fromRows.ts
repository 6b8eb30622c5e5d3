import { fromArrays, type SchemaArrays } from './fromArrays.js';
import { GrowingRows } from './growingRows.js';
import { anyMemory } from './memoryBudget.js';
import type { ColumnDeclaration, TableSchema } from './schema.js';
import type { Table } from './table.js';

type Field<C extends ColumnDeclaration> = C['type'] extends 'dict'
  ? string | null
  : C['type'] extends 'f64' | 'f32'
    ? number | null
    : number;

/** A row of a schema as an object. Null is what is not known: NaN among numbers, and an empty text. */
export type RowOf<S extends TableSchema> = { readonly [K in keyof S]: Field<S[K]> };

/** A table of rows that were made one by one. For results of an analysis, of which there are some thousands. */
export function fromRows<S extends TableSchema>(schema: S, rows: Iterable<RowOf<S>>): Table<S> {
  const shape = Object.fromEntries(Object.entries(schema).map(([name, { type }]) => [name, type]));
  const names = Object.keys(schema);
  const table = new GrowingRows(shape, anyMemory);
  const codes = new Map<string, number>();
  const codeOf = (text: string): number => {
    const known = codes.get(text);
    if (known !== undefined) return known;
    codes.set(text, codes.size);
    return codes.size - 1;
  };
  for (const values of rows) {
    const row = table.next();
    for (const name of names) {
      const value: string | number | null = values[name]!;
      table.columns[name]![row] = schema[name]!.type === 'dict' ? codeOf(String(value ?? '')) : Number(value ?? Number.NaN);
    }
  }
  return fromArrays(schema, table.finish() as unknown as SchemaArrays<S>, [...codes.keys()]);
}
