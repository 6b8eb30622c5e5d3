import { expect, test } from 'vitest';
import { fromRows } from '../../src/table/fromRows.js';
import { rowsOf } from './rowsOf.js';

const schema = {
  name: { type: 'dict', doc: 'a name' },
  ms: { type: 'f64', doc: 'a time' },
  row: { type: 'i32', doc: 'a row' },
} as const;

test('rows become columns, and more of a row than the schema declares is left out', () => {
  const rows = Array.from({ length: 1000 }, (_, i) => ({ name: `n${i % 3}`, ms: i / 4, row: 1 - i, more: i }));
  const made = fromRows(schema, rows);
  expect(rowsOf(made)).toEqual(rows.map(({ name, ms, row }) => ({ name, ms, row })));
  expect(made.columns.name.strings).toEqual(['n0', 'n1', 'n2']);
});

test('what is not known is NaN, or an empty text', () => {
  expect(rowsOf(fromRows(schema, [{ name: null, ms: null, row: 1 }]))).toEqual([{ name: '', ms: Number.NaN, row: 1 }]);
});
