import { expect, test } from 'vitest';
import { rowsOf, valuesOf } from '../../table/rowsOf.js';
import { event, readEvents } from '../buildTrace.js';

test('an X event is a slice with all it says', () => {
  const { tables } = readEvents(
    event.complete('compute', 100, 40, { cat: 'a,b', tdur: 30 }),
    event.metadata('thread_name', { name: 'main' }),
  );
  expect(rowsOf(tables.slices)).toEqual([
    {
      thread: 0,
      name: 'compute',
      category: 'a,b',
      startUs: 100,
      durationUs: 40,
      cpuUs: 30,
      depth: 0,
      parent: -1,
      unclosed: 0,
    },
  ]);
  expect(rowsOf(tables.threads)).toEqual([{ pid: 1, tid: 10, id: '10', name: 'main', process: 0 }]);
});

test('rows are sorted by thread, start, and longer first', () => {
  const { tables, reading } = readEvents(
    event.complete('late', 50, 1),
    event.complete('short', 0, 5),
    event.complete('long', 0, 10),
    event.complete('other thread', 1, 1, { tid: 11 }),
  );
  expect(valuesOf(tables.slices, 'thread', 'name')).toEqual([
    [0, 'long'],
    [0, 'short'],
    [0, 'late'],
    [1, 'other thread'],
  ]);
  expect(reading.outOfOrder).toBe(2);
});

test('slices of one start and length keep the order of the trace', () => {
  const { tables } = readEvents(
    event.begin('outer', 0),
    event.complete('inner', 0, 5),
    event.end('outer', 5),
    event.complete('innermost', 0, 5),
  );
  expect(valuesOf(tables.slices, 'name', 'depth')).toEqual([
    ['outer', 0],
    ['inner', 1],
    ['innermost', 2],
  ]);
});

test('depth and parent follow the nesting', () => {
  const { tables, reading } = readEvents(
    event.complete('a', 0, 100),
    event.complete('b', 10, 20),
    event.complete('c', 10, 5),
    event.complete('d', 30, 70),
    event.complete('e', 100, 1),
  );
  expect(valuesOf(tables.slices, 'name', 'depth', 'parent')).toEqual([
    ['a', 0, -1],
    ['b', 1, 0],
    ['c', 2, 1],
    ['d', 1, 0],
    ['e', 0, -1],
  ]);
  expect(reading.overlapping).toBe(0);
});

test('a slice that ends after the one around it is counted, and kept as it is', () => {
  const { tables, reading } = readEvents(event.complete('a', 0, 10), event.complete('b', 5, 10));
  expect(valuesOf(tables.slices, 'name', 'durationUs', 'parent')).toEqual([
    ['a', 10, -1],
    ['b', 10, 0],
  ]);
  expect(reading.overlapping).toBe(1);
});

test('fractions of a microsecond that do not add up exactly are no overlap', () => {
  const { reading } = readEvents(event.complete('a', 1188945893.1, 0.3), event.complete('b', 1188945893.2, 0.2));
  expect(reading.overlapping).toBe(0);
});

test('B and E are one slice, with the CPU time between them', () => {
  const { tables } = readEvents(event.begin('a', 5, { tts: 100 }), event.end('a', 9, { tts: 103 }));
  expect(valuesOf(tables.slices, 'name', 'startUs', 'durationUs', 'cpuUs', 'unclosed')).toEqual([['a', 5, 4, 3, 0]]);
});

test('CPU time is NaN where the trace has none', () => {
  const { tables } = readEvents(event.complete('a', 0, 1), event.begin('b', 2), event.end('b', 3, { tts: 4 }));
  expect(valuesOf(tables.slices, 'cpuUs')).toEqual([[Number.NaN], [Number.NaN]]);
});

test('B and E are paired per thread, and sorted in where they came late', () => {
  const { tables, reading } = readEvents(
    event.end('a', 10),
    event.begin('a', 0, { tid: 11 }),
    event.begin('a', 4),
    event.end('a', 7, { tid: 11 }),
  );
  expect(valuesOf(tables.slices, 'thread', 'startUs', 'durationUs')).toEqual([
    [0, 4, 6],
    [1, 0, 7],
  ]);
  expect(reading).toMatchObject({ outOfOrder: 1, unmatchedEnds: 0, unclosedBegins: 0 });
});

test('what is never closed lasts until the end of the trace', () => {
  const { tables, reading } = readEvents(
    event.begin('open', 3),
    event.complete('no duration', 4, 1, { dur: undefined }),
    event.complete('last', 10, 5),
  );
  expect(valuesOf(tables.slices, 'name', 'durationUs', 'unclosed')).toEqual([
    ['open', 12, 1],
    ['no duration', 11, 1],
    ['last', 5, 0],
  ]);
  expect(reading).toMatchObject({ unclosedBegins: 2, overlapping: 0, endUs: 15 });
});

test('an end that closes nothing is counted', () => {
  const { tables, reading } = readEvents(event.end('a', 3), event.begin('b', 4), event.end('a', 5), event.end(undefined, 6));
  expect(valuesOf(tables.slices, 'name', 'durationUs')).toEqual([['b', 2]]);
  expect(reading.unmatchedEnds).toBe(2);
});

test('a hundred thousand levels nest', () => {
  const levels = 100_000;
  const begins = Array.from({ length: levels }, (_, i) => event.begin('a', i));
  const { tables } = readEvents(...begins, event.instant('end', levels));
  expect(tables.slices.columns.depth[65_000]).toBe(65_000);
  expect(tables.slices.columns.depth[levels - 1]).toBe(65_535);
  expect(tables.slices.columns.parent[levels - 1]).toBe(levels - 2);
});
