import { expect, test } from 'vitest';
import { rowsOf } from '../../table/rowsOf.js';
import { event, readEvents } from '../buildTrace.js';

test('every number in the args of a C event is a series, sorted by time', () => {
  const { tables, reading } = readEvents(
    event.counter('memory', 5, { heap: 12.5, label: 'x', external: '7' }),
    event.counter('memory', 2, { heap: -1 }),
    event.counter('memory', 6, { label: 'x' }),
    event.counter('memory', 7, { 'a "b"': 1 }),
  );
  expect(rowsOf(tables.counters)).toEqual([
    { thread: 0, name: 'memory', series: 'heap', atUs: 2, value: -1 },
    { thread: 0, name: 'memory', series: 'heap', atUs: 5, value: 12.5 },
    { thread: 0, name: 'memory', series: 'external', atUs: 5, value: 7 },
    { thread: 0, name: 'memory', series: 'a "b"', atUs: 7, value: 1 },
  ]);
  expect(reading.ignored).toEqual({ C: 1 });
});
