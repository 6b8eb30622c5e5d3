import {
  batchType,
  Column,
  columnFromArray,
  dictionary,
  float32,
  float64,
  int8,
  int16,
  int32,
  tableFromColumns,
  tableToIPC,
  uint8,
  uint16,
  uint32,
  utf8,
} from '@uwdata/flechette';
import type { ColumnType, Dictionary, TableSchema } from './schema.js';
import type { Table } from './table.js';

type Numbers = Float64Array | Float32Array | Int32Array | Int16Array | Int8Array | Uint32Array | Uint16Array | Uint8Array;
type ArrowType = ReturnType<typeof float64>;

const TYPES: Readonly<Record<Exclude<ColumnType, 'dict'>, () => unknown>> = {
  f64: float64,
  f32: float32,
  i32: int32,
  u32: uint32,
  u16: uint16,
  u8: uint8,
};

/**
 * A table as an Arrow file. Columns are written as they are in memory, and a `dict` column as its codes and the strings that it
 * uses: nothing is decoded, so a million rows take a fraction of a second. https://arrow.apache.org/docs/format/Columnar.html
 */
export function arrowBytes<S extends TableSchema>({ schema, columns }: Table<S>): Uint8Array {
  const made = Object.entries(schema).map(([name, { type }]): [string, Column<unknown>] => {
    const values = columns[name] as Numbers | Dictionary;
    return [name, 'codes' in values ? coded(values) : column(TYPES[type as keyof typeof TYPES]() as ArrowType, values)];
  });
  return tableToIPC(tableFromColumns(made), { format: 'file' })!;
}

function column(type: ArrowType, values: Numbers, strings?: Column<unknown>): Column<unknown> {
  const batch = new (batchType(type))({ length: values.length, nullCount: 0, type, validity: new Uint8Array(0), values });
  return new Column<unknown>([strings ? batch.setDictionary(strings) : batch], type);
}

/** The strings of a trace are shared by all of its tables, so those that a column uses are numbered anew. */
function coded({ codes, strings }: Dictionary): Column<unknown> {
  const keyOf = new Int32Array(strings.length).fill(-1);
  const used: string[] = [];
  const keys = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (keyOf[code] === -1) keyOf[code] = used.push(strings[code]!) - 1;
    keys[row] = keyOf[code]!;
  }
  // A reader looks for the dictionary also where there is no row.
  const values = columnFromArray<unknown>(used.length > 0 ? used : [''], utf8());
  const [type, narrow] = narrowest(keys, used.length);
  // The very same type: the writer finds the dictionary by it.
  return column(dictionary(values.type, type as never) as unknown as ArrowType, narrow, values);
}

function narrowest(keys: Int32Array, count: number): readonly [type: unknown, keys: Int8Array | Int16Array | Int32Array] {
  if (count <= 0x80) return [int8(), Int8Array.from(keys)];
  return count <= 0x8000 ? [int16(), Int16Array.from(keys)] : [int32(), keys];
}
