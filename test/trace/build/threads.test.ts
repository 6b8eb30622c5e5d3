import { expect, test } from 'vitest';
import { rowsOf, valuesOf } from '../../table/rowsOf.js';
import { event, readEvents, readText } from '../buildTrace.js';

test('processes and threads have the names that metadata gives them, before or after their events', () => {
  const { tables, reading } = readEvents(
    event.complete('a', 0, 1),
    event.metadata('process_name', { name: 'Renderer' }, { tid: 0 }),
    event.metadata('process_labels', { labels: 'My page' }, { tid: 0 }),
    event.metadata('thread_name', { name: 'CrRendererMain' }),
    event.metadata('thread_name', { name: 'worker' }, { tid: 11 }),
    event.metadata('num_cpus', { number: 4 }),
  );
  expect(rowsOf(tables.processes)).toEqual([{ pid: 1, id: '1', name: 'Renderer', labels: 'My page' }]);
  expect(rowsOf(tables.threads)).toEqual([
    { pid: 1, tid: 10, id: '10', name: 'CrRendererMain', process: 0 },
    { pid: 1, tid: 11, id: '11', name: 'worker', process: 0 },
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

/** The ids of both tables as they are told to readers, of events with these. */
function idsOf(ids: readonly { readonly pid?: unknown; readonly tid?: unknown }[]) {
  const { tables } = readEvents(...ids.map((each, i) => event.complete('a', i, 1, each)));
  const numbers = [...valuesOf(tables.processes, 'pid'), ...valuesOf(tables.threads, 'tid')].flat();
  for (const number of numbers) expect(number).toBe(Number(number) >>> 0);
  return { processes: valuesOf(tables.processes, 'id').flat(), threads: valuesOf(tables.threads, 'process', 'id') };
}

test('ids may be names, and 64-bit numbers with and without quotes', () => {
  const ids = [
    { pid: 'proc_1', tid: 'thread 1' },
    { pid: 'proc_2', tid: 'thread 1' },
    { pid: 2 ** 32 + 1, tid: 140589156634432 },
    { pid: 1, tid: '140589156634432' },
    { pid: '18446744073709551615', tid: '18446744073709551614' },
    { pid: 1.5, tid: '01' },
    { pid: 'proc_1', tid: 'thread 1' },
  ];
  expect(idsOf(ids)).toEqual({
    processes: ['proc_1', 'proc_2', '4294967297', '1', '18446744073709551615', '1.5'],
    threads: [
      [0, 'thread 1'],
      [1, 'thread 1'],
      [2, '140589156634432'],
      [3, '140589156634432'],
      [4, '18446744073709551614'],
      [5, '01'],
    ],
  });
});

test('numbers that a double does not hold are told apart', () => {
  const { tables } = readText(
    '[{"ph":"I","ts":1,"pid":1,"tid":9007199254740993},{"ph":"I","ts":1,"pid":1,"tid":9007199254740992}]',
  );
  expect(valuesOf(tables.threads, 'id')).toEqual([['9007199254740993'], ['9007199254740992']]);
});

test('a number is one id with and without quotes, and with and without the sign of 32 bits', () => {
  const ids = [1, '1', -1, '-1', 4294967295, '4294967295', -2147483648, 2147483648].map((tid) => ({ tid }));
  expect(idsOf(ids).threads).toEqual([
    [0, '1'],
    [0, '-1'],
    [0, '-2147483648'],
  ]);
});

test('no id, an empty one, and what is no number or text are 0', () => {
  const ids = [undefined, 0, '', null, true, {}, [1], '0'].map((tid) => ({ tid }));
  expect(idsOf(ids).threads).toEqual([[0, '0']]);
});

test('numbers that stand for names are no ids of others', () => {
  const taken = [0xf000_0000, 'a', 0xf000_0001, 'b', 0xf000_0002].map((tid) => ({ tid }));
  expect(idsOf(taken).threads.map(([, id]) => id)).toEqual(['4026531840', 'a', '4026531841', 'b', '4026531842']);
  const { tables } = readEvents(...taken.map((each, i) => event.complete('a', i, 1, each)));
  expect(new Set(valuesOf(tables.threads, 'tid').flat()).size).toBe(5);
});

test('of two names of a thread the later one counts, in whatever order they are read', () => {
  const early = event.metadata('thread_name', { name: 'ThreadPoolWorker' }, { ts: 5 });
  const late = event.metadata('thread_name', { name: 'DedicatedWorker' }, { ts: 9 });
  for (const events of [
    [early, late],
    [late, early],
  ]) {
    expect(valuesOf(readEvents(...events).tables.threads, 'name')).toEqual([['DedicatedWorker']]);
  }
});

test('metadata needs no time', () => {
  const { tables, reading } = readEvents(
    { ph: 'M', name: 'process_name', args: { name: 'p' } },
    { ph: 'M', name: 'thread_name', args: 5 },
  );
  expect(valuesOf(tables.processes, 'name')).toEqual([['p']]);
  expect(reading).toMatchObject({ invalid: 0, startUs: Number.NaN, endUs: Number.NaN });
});
