import { expect, test } from 'vitest';
import { rowsOf } from '../../table/rowsOf.js';
import { readEvents } from '../buildTrace.js';

const flow = (ph: string, tid: number, ts: number, id: number, name = 'GpuChannel::Flush') => ({
  ph,
  pid: 1,
  tid,
  ts,
  id,
  name,
});

test('a flow leads from the thread that begins it to the one that ends it', () => {
  const { tables } = readEvents(flow('s', 10, 5, 7), flow('f', 20, 9, 7));
  expect(rowsOf(tables.flows)).toEqual([{ name: 'GpuChannel::Flush', fromThread: 0, fromUs: 5, toThread: 1, toUs: 9 }]);
});

test('an end may be read before its begin, and an id may be used again', () => {
  const { tables } = readEvents(flow('f', 20, 9, 7), flow('s', 10, 5, 7), flow('s', 10, 15, 7), flow('f', 20, 19, 7));
  expect(rowsOf(tables.flows).map(({ fromUs, toUs }) => [fromUs, toUs])).toEqual([
    [5, 9],
    [15, 19],
  ]);
});

test('flows are the same in whatever order they are read', () => {
  const events = [flow('s', 10, 5, 7), flow('f', 20, 9, 7), flow('s', 10, 15, 7), flow('f', 20, 15, 7), flow('s', 10, 20, 7)];
  for (const order of [events, events.toReversed(), [events[1]!, events[2]!, events[4]!, events[3]!, events[0]!]]) {
    expect(rowsOf(readEvents(...order).tables.flows).map(({ fromUs, toUs }) => [fromUs, toUs])).toEqual([
      [5, 9],
      [15, 15],
    ]);
  }
});

test('half a flow, and flows that nobody asks for, are left out', () => {
  const { tables, reading } = readEvents(flow('s', 10, 5, 1), flow('f', 20, 9, 2), flow('s', 10, 5, 3, 'other'));
  expect(tables.flows.length).toBe(0);
  expect(reading.ignored).toEqual({ s: 1 });
});
