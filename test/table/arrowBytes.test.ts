import { tableFromIPC } from '@uwdata/flechette';
import { fromArrow } from 'arquero';
import { expect, test } from 'vitest';
import { arrowBytes } from '../../src/table/arrowBytes.js';
import { fromArrays } from '../../src/table/fromArrays.js';
import { fromRows } from '../../src/table/fromRows.js';
import { rowsOf } from './rowsOf.js';

const schema = {
  name: { type: 'dict', doc: 'a name' },
  f64: { type: 'f64', doc: 'a number' },
  f32: { type: 'f32', doc: 'a number' },
  i32: { type: 'i32', doc: 'a number' },
  u32: { type: 'u32', doc: 'a number' },
  u16: { type: 'u16', doc: 'a number' },
  u8: { type: 'u8', doc: 'a number' },
} as const;

test('every type of column comes back as it was', () => {
  const table = fromArrays(
    schema,
    {
      name: Uint32Array.of(2, 0, 2),
      f64: Float64Array.of(1.5, Number.NaN, -1e300),
      f32: Float32Array.of(0.5, Number.NaN, 3),
      i32: Int32Array.of(-1, 0, 2 ** 31 - 1),
      u32: Uint32Array.of(0, 1, 2 ** 32 - 1),
      u16: Uint16Array.of(0, 1, 65535),
      u8: Uint8Array.of(0, 1, 255),
    },
    ['</script>', 'not used', '\u202e\n'],
  );
  const read = fromArrow(arrowBytes(table));
  expect(read.objects()).toEqual(rowsOf(table));
  expect(read.columnNames()).toEqual(Object.keys(schema));
});

const named = { name: schema.name };
const tableOf = (codes: Uint32Array, strings: readonly string[]) => fromArrays(named, { name: codes }, strings);

test.each([100, 200, 40_000])('a column of %i different strings comes back, each string once', (count) => {
  const strings = Array.from({ length: count }, (_, i) => `string ${i}`);
  const codes = Uint32Array.from({ length: count * 2 }, (_, i) => (count * 2 - i) % count);
  const column = tableFromIPC(arrowBytes(tableOf(codes, strings))).getChild('name');
  expect(Array.from(column)).toEqual(Array.from(codes, (code) => strings[code]));
  expect((column.data[0] as unknown as { dictionary: { length: number } }).dictionary.length).toBe(count);
});

test('strings of other tables do not get into the file', () => {
  const others = Array.from({ length: 10_000 }, (_, i) => `of another table ${i}`);
  expect(arrowBytes(tableOf(Uint32Array.of(3), ['a', ...others])).byteLength).toBeLessThan(2000);
});

test('a table without rows keeps its columns', () => {
  const read = fromArrow(arrowBytes(fromRows(schema, [])));
  expect([read.numRows(), read.columnNames()]).toEqual([0, Object.keys(schema)]);
  expect(Array.from(read.array('name'))).toEqual([]);
});
