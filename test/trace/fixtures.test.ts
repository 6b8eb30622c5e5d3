import { describe, expect, test } from 'vitest';
import { toArquero } from '../../src/table/toArquero.js';
import { TraceReader } from '../../src/trace/reader.js';
import type { Trace } from '../../src/trace/trace.js';
import { valuesOf } from '../table/rowsOf.js';
import { type Fixture, malformedTraces, recordedTraces } from './fixtures.js';
import { naiveTrace } from './naiveTrace.js';

function read(bytes: Uint8Array, size = 1 << 20): Trace {
  const reader = new TraceReader();
  for (let from = 0; from < bytes.length; from += size) reader.push(bytes.subarray(from, from + size));
  return reader.finish();
}

const malformed = (name: string) => read(malformedTraces.find((fixture) => fixture.name === name)!.bytes());

test.runIf(recordedTraces.length === 0)(
  'the fixtures beside the repository are missing: tests of recorded traces are skipped',
  () => {},
);

describe.runIf(recordedTraces.length > 0)('every fixture', () => {
  test.each([...recordedTraces, ...malformedTraces])('$name holds what a naive reader finds in it', (fixture: Fixture) => {
    const bytes = fixture.bytes();
    const { tables, reading } = read(bytes);
    const naive = naiveTrace(new TextDecoder().decode(bytes));
    expect(reading).toMatchObject({ events: naive.events, invalid: 0, cut: null });
    expect([tables.slices.length, tables.asyncSlices.length, tables.instants.length, tables.callFrames.length]).toEqual([
      naive.slices,
      naive.asyncSlices,
      naive.instants,
      naive.nodes,
    ]);
    expect([...tables.samples.columns.atUs].sort((a, b) => a - b)).toEqual(naive.sampleTimesUs);
    const names: Record<string, number> = {};
    for (const [name] of valuesOf(tables.slices, 'name')) names[name!] = (names[name!] ?? 0) + 1;
    expect(names).toEqual(naive.sliceNames);
  });
});

describe.runIf(recordedTraces.length > 0)('recorded traces', () => {
  test.each(recordedTraces)('$name nests without overlaps, and every end has its begin', ({ bytes }: Fixture) => {
    const { tables, reading } = read(bytes());
    expect(reading).toMatchObject({ overlapping: 0, unmatchedEnds: 0 });
    const { parent, startUs, durationUs, thread, unclosed } = tables.slices.columns;
    for (let row = 0; row < tables.slices.length; row++) {
      const around = parent[row]!;
      if (around < 0 || unclosed[row] || unclosed[around]) continue;
      const isInside =
        thread[around] === thread[row] &&
        startUs[around]! <= startUs[row]! &&
        startUs[around]! + durationUs[around]! >= startUs[row]! + durationUs[row]! - 0.001;
      if (!isInside) throw new Error(`Slice ${row} is not inside ${around}`);
    }
  });

  test('small chunks give the same rows', () => {
    const bytes = recordedTraces.find(({ name }) => name.includes('page-session'))!.bytes();
    const [large, small] = [read(bytes), read(bytes, 1009)];
    for (const name of ['slices', 'asyncSlices', 'instants', 'samples', 'userTiming'] as const) {
      expect(small.tables[name].columns).toEqual(expect.objectContaining({ thread: large.tables[name].columns.thread }));
    }
    expect(small.tables.slices.columns.startUs).toEqual(large.tables.slices.columns.startUs);
    expect(small.reading).toEqual(large.reading);
  });

  test('Wasm functions have the byte offset of the function as their column', () => {
    const { tables } = read(recordedTraces.find(({ name }) => name.includes('page-session'))!.bytes());
    const wasm = toArquero(tables.callFrames)
      .filter((row: { codeType: string }) => row.codeType === 'wasm')
      .objects() as object[];
    expect(wasm.length).toBeGreaterThan(10);
    expect(wasm).toContainEqual(expect.objectContaining({ function: '_start', column: 40840 }));
  });

  test('frames have their states under the old and the new name of the report', () => {
    for (const { bytes } of recordedTraces) {
      const states = new Set(valuesOf(read(bytes()).tables.frames, 'state').flat());
      expect([...states].every((state) => String(state).startsWith('STATE_'))).toBe(true);
      expect(states.size).toBeGreaterThan(0);
    }
  });
});

describe.runIf(malformedTraces.length > 0)('malformed traces', () => {
  const slicesOf = (name: string) =>
    valuesOf(malformed(name).tables.slices, 'name', 'startUs', 'durationUs', 'depth', 'unclosed');

  test('an end that is not of the innermost closes its own', () => {
    expect(slicesOf('unbalanced-name.json')).toEqual([
      ['alpha', 0, 9, 0, 0],
      ['beta', 1, 9, 1, 0],
    ]);
    expect(slicesOf('end-non-top-of-stack.json')).toEqual([
      ['A', 0, 10, 0, 0],
      ['B', 1, 10, 1, 1],
      ['Z', 10, 1, 2, 0],
    ]);
  });

  test('events that are out of order are sorted in', () => {
    expect(slicesOf('out-of-order.json')).toEqual([
      ['A', 0, 10, 0, 0],
      ['B', 1, 8, 1, 0],
      ['C', 2, 6, 2, 0],
    ]);
    expect(slicesOf('out-of-order-unbalanced-name.json')).toEqual([
      ['alpha', 0, 9, 0, 0],
      ['beta', 1, 9, 1, 0],
    ]);
  });

  test('ends without a begin and begins without an end are counted', () => {
    expect(malformed('end-event-with-empty-stack.json').reading).toMatchObject({ unmatchedEnds: 1, unclosedBegins: 0 });
    expect(malformed('too-many-end-events.json').reading).toMatchObject({ unmatchedEnds: 2, unclosedBegins: 0 });
    expect(malformed('not-enough-end-events.json').reading).toMatchObject({ unmatchedEnds: 0, unclosedBegins: 2 });
    expect(malformed('mismatched-name.json').reading).toMatchObject({ unmatchedEnds: 1, unclosedBegins: 1 });
  });

  test('slices that overlap are counted', () => {
    expect(malformed('invalid-x-nesting.json').reading.overlapping).toBe(1);
  });

  test('the longer of two that begin together is around the other', () => {
    expect(slicesOf('x-events-matching-start.json').slice(0, 3)).toEqual([
      ['alpha', 0, 20, 0, 0],
      ['beta', 1, 2, 1, 0],
      ['gamma', 1, 1, 2, 0],
    ]);
  });

  test('samples of Hermes are counted, and its quoted numbers read', () => {
    const { reading, tables } = malformed('multi-thread-with-samples.json');
    expect(reading.ignored).toEqual({ 'stackFrames samples': 8 });
    expect(reading.startUs).toBe(11550183666);
    expect(valuesOf(tables.threads, 'name')).toContainEqual(['mqt_js']);
  });
});
