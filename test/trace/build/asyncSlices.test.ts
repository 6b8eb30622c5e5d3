import { expect, test } from 'vitest';
import { rowsOf, valuesOf } from '../../table/rowsOf.js';
import { event, readEvents } from '../buildTrace.js';

test('b and e of one category and id are a slice', () => {
  const { tables, reading } = readEvents(
    event.async('b', 'load', 10, '0x1', { cat: 'net' }),
    event.async('e', 'load', 25, '0x1', { cat: 'net', tid: 11 }),
  );
  expect(rowsOf(tables.asyncSlices)).toEqual([
    { thread: 0, name: 'load', category: 'net', id: '0x1', startUs: 10, durationUs: 15, depth: 0, unclosed: 0 },
  ]);
  expect(reading).toMatchObject({ unmatchedEnds: 0, unclosedBegins: 0 });
});

test('another category, id or scope is another line', () => {
  const { tables, reading } = readEvents(
    event.async('b', 'a', 0, 1),
    event.async('e', 'a', 1, 2),
    event.async('e', 'a', 2, 1, { cat: 'other' }),
    event.async('e', 'a', 3, 1, { scope: 's' }),
    event.async('e', 'a', 4, '1'),
  );
  expect(valuesOf(tables.asyncSlices, 'startUs', 'durationUs')).toEqual([[0, 4]]);
  expect(reading.unmatchedEnds).toBe(3);
});

test('a local id counts within its process only, a global one everywhere', () => {
  const local = { id2: { local: '0x5' } };
  const global = { id2: { global: '0x5' } };
  const { tables, reading } = readEvents(
    event.async('b', 'local', 0, undefined, { ...local, pid: 1 }),
    event.async('e', 'local', 1, undefined, { ...local, pid: 2 }),
    event.async('b', 'global', 2, undefined, { ...global, pid: 1 }),
    event.async('e', 'global', 5, undefined, { ...global, pid: 2 }),
  );
  expect(valuesOf(tables.asyncSlices, 'name', 'id', 'durationUs', 'unclosed')).toEqual([
    ['local', '1:0x5', 5, 1],
    ['global', '0x5', 3, 0],
  ]);
  expect(reading).toMatchObject({ unmatchedEnds: 1, unclosedBegins: 1 });
});

test('the id names scope and process', () => {
  const { tables } = readEvents(event.async('b', 'a', 0, undefined, { id2: { local: '0x5' }, scope: 'cc', pid: 4294967295 }));
  expect(valuesOf(tables.asyncSlices, 'id')).toEqual([['cc:4294967295:0x5']]);
});

test('slices of one line nest', () => {
  const { tables } = readEvents(
    event.async('b', 'outer', 0, 1),
    event.async('b', 'inner', 1, 1),
    event.async('n', 'mark', 2, 1),
    event.async('e', undefined, 3, 1),
    event.async('e', 'outer', 9, 1),
  );
  expect(valuesOf(tables.asyncSlices, 'name', 'durationUs', 'depth')).toEqual([
    ['outer', 9, 0],
    ['inner', 2, 1],
    ['mark', 0, 2],
  ]);
});

test('the older S, T, p and F are slices and points, too', () => {
  const { tables, reading } = readEvents(
    event.async('S', 'a', 0, 1),
    event.async('T', 'a', 1, 1),
    event.async('p', 'a', 2, 1),
    event.async('F', 'a', 3, 1),
  );
  expect(valuesOf(tables.asyncSlices, 'startUs', 'durationUs')).toEqual([
    [0, 3],
    [1, 0],
    [2, 0],
  ]);
  expect(reading.ignored).toEqual({});
});

test('a begin that comes after its end is sorted in', () => {
  const { tables } = readEvents(event.async('e', 'a', 5, 1), event.async('b', 'a', 2, 1));
  expect(valuesOf(tables.asyncSlices, 'startUs', 'durationUs')).toEqual([[2, 3]]);
});
