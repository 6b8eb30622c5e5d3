import { expect, test } from 'vitest';
import { fromArrays } from '../../src/table/fromArrays.js';
import { toArquero } from '../../src/table/toArquero.js';
import { rowsOf } from './rowsOf.js';

const schema = {
  name: { type: 'dict', doc: 'a name' },
  atUs: { type: 'f64', doc: 'a time' },
} as const;

const small = () => fromArrays(schema, { name: Uint32Array.of(1, 0, 1), atUs: Float64Array.of(3, 4, 5) }, ['a', 'b']);

test('codes become strings', () => {
  expect(rowsOf(small())).toEqual([
    { name: 'b', atUs: 3 },
    { name: 'a', atUs: 4 },
    { name: 'b', atUs: 5 },
  ]);
});

test('Arquero sees the same rows, without a copy', () => {
  const made = small();
  const { columns } = made;
  const arquero = toArquero(made);
  expect(arquero.groupby('name').count().orderby('name').objects()).toEqual([
    { name: 'a', count: 1 },
    { name: 'b', count: 2 },
  ]);
  expect(arquero.column('atUs')).toBe(columns.atUs);
});

test('a table without rows has length 0 in both views', () => {
  const empty = fromArrays(schema, { name: new Uint32Array(0), atUs: new Float64Array(0) }, []);
  expect([empty.length, toArquero(empty).numRows()]).toEqual([0, 0]);
});
