import { expect, test } from 'vitest';
import { random } from '../../src/stats/random.js';
import type { TableSchema } from '../../src/table/schema.js';
import type { Table } from '../../src/table/table.js';
import { TraceReader } from '../../src/trace/reader.js';
import type { Trace } from '../../src/trace/trace.js';
import { rowsOf } from '../table/rowsOf.js';
import { event, traceText } from './buildTrace.js';

const text = JSON.stringify(
  JSON.parse(
    traceText(
      [
        event.metadata('thread_name', { name: 'main "é"' }),
        event.complete('wasm.CompileLazy', 1, 2.25, { args: { func_index: 3, nested: { a: ['}', '"'] } }, tdur: 1 }),
        event.begin('b ☃', 3),
        event.end('b ☃', 4),
        event.async('b', 'm', 5, undefined, { id2: { local: '0x1' }, cat: 'blink.user_timing' }),
        event.async('e', 'm', 9, undefined, { id2: { local: '0x1' }, cat: 'blink.user_timing' }),
        event.instant('mark', 6, { cat: 'blink.user_timing' }),
        event.counter('c', 7, { x: 1.5, y: -2 }),
        { ph: 's', pid: 1, tid: 1, ts: 7, id: 1, name: 'GpuChannel::Flush' },
        { ph: 'f', pid: 1, tid: 1, ts: 8, id: 1, name: 'GpuChannel::Flush' },
        event.profile(1),
        event.chunk(8, { nodes: [{ id: 1, callFrame: { functionName: 'f' } }], samples: [1, 1] }, [1, 2]),
      ],
      { metadata: { a: 'b', c: { d: 5 }, e: [1, { f: 2 }] }, systemTraceEvents: 'x"y\\' },
    ),
  ),
  null,
  1,
);
const bytes = new TextEncoder().encode(text);

/** All there is to a trace, to compare. */
function contentOf({ tables, reading }: Trace): unknown {
  return {
    reading,
    tables: Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, rowsOf(table as Table<TableSchema>)])),
  };
}

function readIn(sizes: () => number): unknown {
  const reader = new TraceReader();
  for (let from = 0; from < bytes.length; ) {
    const size = sizes();
    // A copy that is overwritten afterwards: the reader must not keep what it was given.
    const chunk = bytes.slice(from, from + size);
    reader.push(chunk);
    chunk.fill(0x7b);
    from += size;
  }
  return contentOf(reader.finish());
}

const whole = readIn(() => bytes.length);

test('the whole text gives rows in every table it has events for', () => {
  const { tables } = whole as { tables: Record<string, unknown[]> };
  const empty = Object.keys(tables).filter((name) => tables[name]!.length === 0);
  expect(empty).toEqual(['frames']);
});

test.each([1, 2, 3, 7, 64, 1000])('chunks of %i bytes give the same trace', (size) => {
  expect(readIn(() => size)).toEqual(whole);
});

test('two chunks give the same trace wherever the border is', () => {
  for (let border = 1; border < bytes.length; border++) {
    const reader = new TraceReader();
    reader.push(bytes.subarray(0, border));
    reader.push(bytes.subarray(border));
    expect(contentOf(reader.finish())).toEqual(whole);
  }
});

test('random chunks give the same trace', () => {
  const next = random(2);
  for (let round = 0; round < 200; round++) {
    const largest = 1 + Math.floor(next() * 300);
    expect(readIn(() => 1 + Math.floor(next() * largest))).toEqual(whole);
  }
});
