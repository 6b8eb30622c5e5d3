import { expect, test } from 'vitest';
import { rowsOf, valuesOf } from '../../table/rowsOf.js';
import { event, readEvents } from '../buildTrace.js';

test('processes and threads have the names that metadata gives them, before or after their events', () => {
  const { tables, reading } = readEvents(
    event.complete('a', 0, 1),
    event.metadata('process_name', { name: 'Renderer' }, { tid: 0 }),
    event.metadata('process_labels', { labels: 'My page' }, { tid: 0 }),
    event.metadata('thread_name', { name: 'CrRendererMain' }),
    event.metadata('thread_name', { name: 'worker' }, { tid: 11 }),
    event.metadata('num_cpus', { number: 4 }),
  );
  expect(rowsOf(tables.processes)).toEqual([{ pid: 1, name: 'Renderer', labels: 'My page' }]);
  expect(rowsOf(tables.threads)).toEqual([
    { pid: 1, tid: 10, name: 'CrRendererMain', process: 0 },
    { pid: 1, tid: 11, name: 'worker', process: 0 },
  ]);
  expect(reading.ignored).toEqual({ M: 1 });
});

test('one thread id in two processes is two threads', () => {
  const { tables } = readEvents(event.complete('a', 0, 1, { pid: 1 }), event.complete('a', 0, 1, { pid: 2 }));
  expect(valuesOf(tables.threads, 'pid', 'tid', 'process')).toEqual([
    [1, 10, 0],
    [2, 10, 1],
  ]);
});

test('ids may be numbers in quotes, and negative', () => {
  const { tables } = readEvents(event.complete('a', 0, 1, { tid: '7695' }), event.complete('a', 0, 1, { tid: '-1' }));
  expect(valuesOf(tables.threads, 'tid')).toEqual([[7695], [4294967295]]);
});

test('metadata needs no time', () => {
  const { tables, reading } = readEvents(
    { ph: 'M', name: 'process_name', args: { name: 'p' } },
    { ph: 'M', name: 'thread_name', args: 5 },
  );
  expect(valuesOf(tables.processes, 'name')).toEqual([['p']]);
  expect(reading).toMatchObject({ invalid: 0, startUs: Number.NaN, endUs: Number.NaN });
});
