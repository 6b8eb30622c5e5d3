import { expect, test } from 'vitest';
import { random } from '../../src/stats/random.js';
import { TraceReader } from '../../src/trace/reader.js';
import type { Trace } from '../../src/trace/trace.js';
import { TraceError } from '../../src/trace/traceError.js';
import { event, traceText } from './buildTrace.js';

const iterations = 3000;

const nodes = [
  { id: 1, callFrame: { functionName: '(root)' }, children: [2] },
  { id: 2, parent: 1, callFrame: { functionName: 'é "x"', url: 'http://a', lineNumber: 1, columnNumber: 2, codeType: 'JS' } },
];

const events = [
  event.metadata('process_name', { name: 'Renderer' }),
  event.metadata('thread_name', { name: 'main' }),
  event.complete('FunctionCall', 1.5, 20, { args: { data: { url: 'http://a', functionName: 'f' } }, tdur: 3, tts: 4 }),
  event.complete('a \\ "☃"', 2, 3),
  event.begin('b', 3),
  event.end('b', 4),
  event.end(undefined, 5),
  event.async('b', 'm', 5, '0x1', { cat: 'blink.user_timing', scope: 's' }),
  event.async('e', 'm', 9, '0x1', { cat: 'blink.user_timing', scope: 's' }),
  event.async('b', 'PipelineReporter', 6, undefined, {
    id2: { local: '0x2' },
    args: { frame_reporter: { state: 'STATE_DROPPED' } },
  }),
  event.async('e', 'PipelineReporter', 8, undefined, { id2: { local: '0x2' } }),
  event.instant('TimeStamp', 7, { args: { data: { message: 'x', start: 1, end: 2 } } }),
  event.instant('TracingStartedInBrowser', 7, { args: { data: { frames: [{ url: 'a' }, { url: 'b' }] } } }),
  event.counter('c', 8, { x: 1, y: '2' }),
  event.profile(10),
  event.chunk(20, { nodes, samples: [1, 2, 2] }, [1, -2, 3]),
];
const objectForm = traceText(events, { metadata: { a: 1, b: { c: 'd' } }, samples: [{ sf: 1 }] });
const arrayForm = JSON.stringify(JSON.parse(objectForm).traceEvents, null, 1);
const originals = [objectForm, arrayForm].map((text) => new TextEncoder().encode(text));

/** Bytes that matter to JSON are likelier than others. */
const telling = new TextEncoder().encode('{}[]",:\\0123456789.-+eEtrufalsn \n\0\u00e9');

function mutated(original: Uint8Array, next: () => number): Uint8Array {
  const bytes = [...original];
  const at = () => Math.floor(next() * bytes.length);
  for (let edits = 1 + Math.floor(next() * 6); edits > 0; edits--) {
    const byte = next() < 0.7 ? telling[Math.floor(next() * telling.length)]! : Math.floor(next() * 256);
    const kind = next();
    if (kind < 0.4) bytes[at()] = byte;
    else if (kind < 0.6) bytes.splice(at(), 1 + Math.floor(next() * 20));
    else if (kind < 0.8) bytes.splice(at(), 0, byte);
    else if (kind < 0.9) bytes.splice(at(), 0, ...bytes.slice(at(), at() + 40));
    else bytes.length = at();
  }
  return Uint8Array.from(bytes);
}

function readIn(bytes: Uint8Array, size: number): Trace | string {
  const reader = new TraceReader();
  try {
    for (let from = 0; from < bytes.length; from += size) if (!reader.push(bytes.subarray(from, from + size))) break;
    return reader.finish();
  } catch (error) {
    if (error instanceof TraceError) return error.message;
    throw error;
  }
}

/** Rows that a table's columns point to exist, and times are numbers. */
function expectSound({ tables }: Trace): void {
  const { slices, threads, callFrames, samples, args } = tables;
  const below = (column: Int32Array | Uint32Array, length: number) => column.every((row) => row < length);
  for (const table of [slices, tables.asyncSlices, tables.instants, tables.counters, samples, callFrames, tables.userTiming]) {
    expect(below(table.columns.thread, threads.length)).toBe(true);
  }
  expect(below(slices.columns.parent, slices.length)).toBe(true);
  expect(below(callFrames.columns.parent, callFrames.length)).toBe(true);
  expect(below(samples.columns.frame, callFrames.length)).toBe(true);
  expect(below(args.columns.row, Math.max(slices.length, tables.asyncSlices.length, tables.instants.length))).toBe(true);
  expect(slices.columns.durationUs.every((value) => value >= 0)).toBe(true);
  expect(tables.asyncSlices.columns.durationUs.every((value) => value >= 0)).toBe(true);
  expect(samples.columns.atUs.every(Number.isFinite)).toBe(true);
}

test('damaged traces are read as far as they go or refused, the same however they are cut', () => {
  const next = random(1);
  let read = 0;
  for (let i = 0; i < iterations; i++) {
    const bytes = mutated(originals[i % 2]!, next);
    const whole = readIn(bytes, bytes.length);
    const pieces = readIn(bytes, 1 + Math.floor(next() * 100));
    if (typeof whole === 'string') {
      expect(typeof pieces).toBe('string');
      continue;
    }
    read++;
    expectSound(whole);
    expect((pieces as Trace).reading.events).toBe(whole.reading.events);
    expect((pieces as Trace).reading.cut?.reason).toBe(whole.reading.cut?.reason);
    expect((pieces as Trace).tables.slices.columns.startUs).toEqual(whole.tables.slices.columns.startUs);
  }
  // Most damage is local: if nearly all were refused, this test would not test much.
  expect(read).toBeGreaterThan(iterations / 2);
});

test('a trace that ends at any byte gives all events that are whole before it', () => {
  const bytes = originals[0]!;
  const text = new TextDecoder().decode(bytes);
  let events = 0;
  for (let length = 30; length < bytes.length; length++) {
    const trace = readIn(bytes.subarray(0, length), length);
    if (typeof trace === 'string') continue;
    expect(trace.reading.cut).not.toBeNull();
    expect(trace.reading.events).toBeGreaterThanOrEqual(events);
    events = trace.reading.events;
  }
  expect(events).toBe(JSON.parse(text).traceEvents.length);
});

test('random bytes are refused', () => {
  const next = random(9);
  for (let i = 0; i < 500; i++) {
    const bytes = Uint8Array.from({ length: Math.floor(next() * 200) }, () => Math.floor(next() * 256));
    expect(typeof readIn(bytes, 50)).toBe('string');
  }
});
