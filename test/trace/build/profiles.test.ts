import { expect, test } from 'vitest';
import { rowsOf, valuesOf } from '../../table/rowsOf.js';
import { type EventFields, event, readEvents, readText } from '../buildTrace.js';

const node = (id: number, parent: number | undefined, functionName: string, more: EventFields = {}, rest: EventFields = {}) => ({
  id,
  parent,
  callFrame: { functionName, scriptId: 0, ...more },
  ...rest,
});

const nodes = [
  node(1, undefined, '(root)', { codeType: 'other' }),
  node(2, 1, 'run', { codeType: 'JS', url: 'http://a/b.js', lineNumber: 4, columnNumber: 16 }),
  node(3, 2, 'wasm-function[7]', { codeType: 'wasm', url: 'http://a/m.wasm', lineNumber: 0, columnNumber: 40840 }),
];

test('samples are of the thread of the Profile event, at its start plus the sum of the deltas', () => {
  const { tables } = readEvents(
    event.profile(1000),
    event.chunk(1500, { nodes, samples: [2, 3] }, [10, 20]),
    event.chunk(1600, { samples: [1, 3] }, [30, 40]),
  );
  expect(valuesOf(tables.samples, 'thread', 'atUs', 'frame')).toEqual([
    [0, 1010, 1],
    [0, 1030, 2],
    [0, 1060, 0],
    [0, 1100, 2],
  ]);
  expect(rowsOf(tables.threads)[0]).toMatchObject({ tid: 10 });
  expect(rowsOf(tables.callFrames)).toEqual([
    { parent: -1, thread: 0, function: '(root)', url: '', codeType: 'other', line: -1, column: -1 },
    { parent: 0, thread: 0, function: 'run', url: 'http://a/b.js', codeType: 'JS', line: 4, column: 16 },
    { parent: 1, thread: 0, function: 'wasm-function[7]', url: 'http://a/m.wasm', codeType: 'wasm', line: 0, column: 40840 },
  ]);
});

test('chunks may be read in any order: they go on in the order in which they were sent', () => {
  const events = [
    event.profile(1000),
    event.chunk(1500, { nodes, samples: [2, 3] }, [10, 20]),
    event.chunk(1600, { samples: [1, 3] }, [30, 40]),
  ];
  const inOrder = readEvents(...events).tables;
  const reversed = readEvents(...events.toReversed()).tables;
  expect(valuesOf(reversed.samples, 'atUs')).toEqual([[1010], [1030], [1060], [1100]]);
  const framesOf = ({ samples, callFrames }: typeof inOrder) =>
    valuesOf(samples, 'frame').map(([row]) => valuesOf(callFrames, 'function')[Number(row)]);
  expect(framesOf(reversed)).toEqual(framesOf(inOrder));
});

test('chunks without a Profile event begin with the one that was sent first', () => {
  const { tables } = readEvents(event.chunk(1600, { samples: [1] }, [50]), event.chunk(1500, { nodes, samples: [1, 2] }, [5, 6]));
  expect(valuesOf(tables.samples, 'atUs')).toEqual([[1494], [1500], [1550]]);
});

test('a negative delta goes back in time; samples are sorted', () => {
  const { tables } = readEvents(event.profile(1000), event.chunk(1500, { nodes, samples: [1, 2, 3] }, [10, 20, -15]));
  expect(valuesOf(tables.samples, 'atUs', 'frame')).toEqual([
    [1010, 0],
    [1015, 2],
    [1030, 1],
  ]);
});

test('the keys of a chunk may stand in any order', () => {
  const args = { data: { timeDeltas: [10, 20], cpuProfile: { samples: [2, 3], nodes: [...nodes].reverse() } } };
  const { tables } = readEvents(event.profile(1000), { ...event.chunk(1500, {}, []), args });
  expect(valuesOf(tables.samples, 'atUs', 'frame')).toEqual([
    [1010, 1],
    [1030, 0],
  ]);
  expect(valuesOf(tables.callFrames, 'function', 'parent')).toEqual([
    ['wasm-function[7]', 1],
    ['run', 2],
    ['(root)', -1],
  ]);
});

test('lists of children, as old traces have them, are parents', () => {
  const { tables } = readEvents(
    event.profile(0),
    event.chunk(
      1,
      {
        nodes: [
          node(1, undefined, 'root', {}, { children: [2, 3] }),
          node(2, undefined, 'a'),
          node(3, undefined, 'b', {}, { children: [4, 77] }),
          node(4, undefined, 'c'),
        ],
        samples: [4],
      },
      [1],
    ),
  );
  expect(valuesOf(tables.callFrames, 'function', 'parent')).toEqual([
    ['root', -1],
    ['a', 0],
    ['b', 0],
    ['c', 2],
  ]);
});

test('profiles are told apart by process and id', () => {
  const other = { id: '0x2', tid: 20 };
  const { tables } = readEvents(
    event.profile(1000),
    event.profile(2000, other),
    event.chunk(1500, { nodes: [node(1, undefined, 'first')], samples: [1] }, [1]),
    event.chunk(2500, { nodes: [node(1, undefined, 'second')], samples: [1] }, [1], { id: '0x2' }),
    event.chunk(2600, { nodes: [node(1, undefined, 'third')], samples: [1] }, [1], { pid: 2 }),
  );
  expect(valuesOf(tables.callFrames, 'function', 'thread')).toEqual([
    ['first', 0],
    ['second', 1],
    ['third', 3],
  ]);
  expect(valuesOf(tables.samples, 'thread', 'atUs')).toEqual([
    [0, 1001],
    [1, 2001],
    [3, 2600],
  ]);
});

test('a second Profile of the same id begins anew', () => {
  const { tables } = readEvents(
    event.profile(1000),
    event.chunk(1500, { nodes: [node(1, undefined, 'before')], samples: [1] }, [5]),
    event.profile(9000),
    event.chunk(9500, { nodes: [node(1, undefined, 'after')], samples: [1] }, [7]),
  );
  expect(valuesOf(tables.samples, 'atUs', 'frame')).toEqual([
    [1005, 0],
    [9007, 1],
  ]);
});

test('chunks that come before their Profile event get its start and thread', () => {
  const { tables } = readEvents(event.chunk(1500, { nodes, samples: [1] }, [5]), event.profile(1000));
  expect(valuesOf(tables.samples, 'atUs', 'thread')).toEqual([[1005, 1]]);
  expect(valuesOf(tables.threads, 'tid')).toEqual([[99], [10]]);
});

test('chunks without a Profile event end when the first of them was sent', () => {
  const { tables } = readEvents(event.chunk(1500, { nodes, samples: [1, 2] }, [5, 6]), event.chunk(1600, { samples: [1] }, [50]));
  expect(valuesOf(tables.samples, 'atUs')).toEqual([[1494], [1500], [1550]]);
});

test('times are numbers, whatever the deltas are', () => {
  const { tables } = readEvents(
    event.profile(1000),
    event.chunk(1500, { nodes, samples: [1, 2, 3] }, [1e308, 10, -1e308]),
    event.chunk(1600, { samples: [1, 2, 3] }, [2 ** 53, 1, 5]),
    event.chunk(1700, { samples: [1] }, [2 ** 53]),
  );
  expect(valuesOf(tables.samples, 'atUs').every(([at]) => Number.isFinite(at))).toBe(true);
  expect(valuesOf(tables.samples, 'atUs').slice(0, 3)).toEqual([[1000], [1010], [1010]]);
});

test('a sample of an unknown node has no frame; one without a delta is at the time of the one before', () => {
  const { tables } = readEvents(event.profile(0), event.chunk(1, { nodes, samples: [42, 1, -3] }, [5]));
  expect(valuesOf(tables.samples, 'atUs', 'frame')).toEqual([
    [5, -1],
    [5, 0],
    [5, -1],
  ]);
});

test('nodes that are their own ancestors do not make walking up endless', () => {
  const { tables } = readEvents(
    event.profile(0),
    event.chunk(1, { nodes: [node(1, 3, 'a'), node(2, 1, 'b'), node(3, 2, 'c'), node(4, 4, 'd')], samples: [3] }, [1]),
  );
  const { parent } = tables.callFrames.columns;
  for (const start of parent.keys()) {
    let steps = 0;
    for (let row = start; row >= 0; row = parent[row]!) expect(steps++).toBeLessThan(5);
  }
});

test('fields of other types than expected are as if they were missing', () => {
  const odd = { id: 2, parent: 'x', callFrame: { functionName: null, url: 5, codeType: {}, lineNumber: -1, columnNumber: 1.5 } };
  const { tables } = readEvents(event.profile(0), event.chunk(1, { nodes: [1, { id: 'x' }, odd], samples: {} }, []));
  expect(rowsOf(tables.callFrames)).toEqual([
    { parent: -1, thread: 0, function: '', url: '', codeType: '', line: -1, column: -1 },
  ]);
  expect(tables.samples.length).toBe(0);
});

test('profiles inside profiles cost no stack', () => {
  const levels = 50_000;
  const data = `${'{"cpuProfile":'.repeat(levels)}1${'}'.repeat(levels)}`;
  const { reading } = readText(`[{"ph":"P","name":"ProfileChunk","ts":1,"args":{"data":${data}}}]`);
  expect(reading).toMatchObject({ events: 1, cut: null });
});

test('P events of another sampler are counted as ignored', () => {
  expect(readEvents({ ph: 'P', name: 'sample', ts: 1 }).reading.ignored).toEqual({ P: 1 });
});
