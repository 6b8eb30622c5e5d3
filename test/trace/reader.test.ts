import { describe, expect, test } from 'vitest';
import { TraceReader } from '../../src/trace/reader.js';
import { TraceError } from '../../src/trace/traceError.js';
import { valuesOf } from '../table/rowsOf.js';
import { event, readText, traceText } from './buildTrace.js';

const slice = '{"ph":"X","name":"a","ts":1,"dur":2,"pid":1,"tid":1}';
const namesOf = (text: string) => valuesOf(readText(text).tables.slices, 'name').flat();

describe('forms', () => {
  test('the object form, with other keys before and after, in any order', () => {
    const { tables, reading } = readText(
      `{"displayTimeUnit":"ms","other":[{"traceEvents":[1]}],"traceEvents":[${slice}],"systemTraceEvents":"x \\" y","metadata":{"a":1}}`,
    );
    expect(tables.slices.length).toBe(1);
    expect(reading).toMatchObject({ events: 1, cut: null, metadata: { a: 1 } });
  });

  test('the bare array, also without its end, and with a comma after the last event', () => {
    for (const text of [`[${slice}]`, `[${slice}`, `[${slice},`, `[${slice},]`, `[\n${slice}\n,\n\n`, ` \r\n[${slice}] \n`]) {
      expect(namesOf(text)).toEqual(['a']);
      expect(readText(text).reading.cut).toBeNull();
    }
  });

  test('white space anywhere, and a byte order mark', () => {
    const pretty = JSON.stringify(JSON.parse(`{"traceEvents":[${slice},${slice}]}`), null, '\t');
    expect(namesOf(pretty)).toEqual(['a', 'a']);
    expect(namesOf(`\ufeff${pretty.replaceAll(':', ' : ').replaceAll(',', ' ,\r\n')}`)).toEqual(['a', 'a']);
  });

  test('an event per line, without brackets or commas', () => {
    const lines = [slice, '{"pid":1,"args":{"x":[{}]},"cat":"c","ph":"X","ts":2,"name":"b","dur":1}', slice];
    for (const text of [lines.join('\n'), `${lines.join('\r\n')}\r\n`, ` ${lines.join(',\n')}`, `\ufeff${lines.join('\n\n')}`]) {
      expect(namesOf(text)).toEqual(['a', 'a', 'b']);
      expect(readText(text).reading.cut).toBeNull();
    }
    expect(namesOf(lines[1]!)).toEqual(['b']);
    expect(readText(`${lines.join('\n')}\n{"ph":"X","na`).reading).toMatchObject({
      events: 3,
      cut: { reason: /inside a value/ },
    });
    expect(readText(`${slice}\n]`).reading.cut).toEqual({ atByte: slice.length + 1, reason: 'expected an event' });
  });

  test('no events are a trace, too', () => {
    for (const text of ['[]', '{"traceEvents":[]}', '[', '[ \n'])
      expect(readText(text).reading).toMatchObject({ events: 0, cut: null });
  });

  test('two traceEvents are read both', () => {
    expect(namesOf(`{"traceEvents":[${slice}],"traceEvents":[${slice}]}`)).toHaveLength(2);
  });
});

describe('events', () => {
  test('keys that look like known ones are not', () => {
    const names = '"names":"x","nam":"x","argss":1,"Ph":"B","tss":7,"t":1,"pid2":5,"duration":9,"scopes":1,"\\u0074s":3';
    const { tables } = readText(`[{${names},"ph":"X","name":"a","ts":1,"dur":2}]`);
    expect(valuesOf(tables.slices, 'name', 'startUs', 'durationUs')).toEqual([['a', 1, 2]]);
  });

  test('times may be numbers in quotes', () => {
    const { tables } = readText('[{"ph":"X","name":"a","ts":"11550183666","dur":"2.5","tid":"1"}]');
    expect(valuesOf(tables.slices, 'startUs', 'durationUs')).toEqual([[11550183666, 2.5]]);
  });

  test('names are kept to the letter, and equal ones share a code', () => {
    const { tables } = readText(
      '[{"ph":"X","name":"caf\\u00e9 \\"☃\\"","ts":1,"dur":1},{"ph":"X","name":"café \\"\\u2603\\"","ts":2,"dur":1}]',
    );
    expect(valuesOf(tables.slices, 'name')).toEqual([['café "☃"'], ['café "☃"']]);
    const { codes } = tables.slices.columns.name;
    expect(codes[0]).toBe(codes[1]);
  });

  test.each([
    ['no ph', '{"name":"a","ts":1}'],
    ['a ph of two letters', '{"ph":"XX","ts":1,"dur":1}'],
    ['a ph that is no string', '{"ph":5,"ts":1,"dur":1}'],
    ['an escaped ph', '{"ph":"\\"","ts":1,"dur":1}'],
    ['no ts', '{"ph":"X","dur":1}'],
    ['a ts that is no number', '{"ph":"X","ts":"soon","dur":1}'],
    ['an infinite ts', '{"ph":"X","ts":1e999,"dur":1}'],
    ['a negative dur', '{"ph":"X","ts":1,"dur":-1}'],
    ['no object', 'null'],
    ['an array', '[{"ph":"X"}]'],
  ])('an event with %s is counted as invalid and skipped', (_, text) => {
    const { tables, reading } = readText(`[${slice},${text},${slice}]`);
    expect(reading).toMatchObject({ events: 3, invalid: 1, cut: null });
    expect(tables.slices.length).toBe(2);
  });

  test('phases without a table are counted', () => {
    const others = ['s', 't', 'f', 'N', 'O', 'D', 'v', 'V', 'c', 'c', '='].map((ph) => ({ ph, name: 'x', ts: 1, id: 1 }));
    expect(readText(traceText(others)).reading).toMatchObject({
      ignored: { s: 1, t: 1, f: 1, N: 1, O: 1, D: 1, v: 1, V: 1, c: 2, '=': 1 },
      invalid: 0,
    });
  });

  test('samples of the legacy format are counted', () => {
    const { reading } = readText(`{"samples":[{"sf":1},{"sf":2}],"stackFrames":{"1":{}},"traceEvents":[${slice}]}`);
    expect(reading.ignored).toEqual({ 'stackFrames samples': 2 });
  });

  test('start and end are the first and last time', () => {
    const { reading } = readText(traceText([event.complete('a', 5, 10), event.instant('b', 3), event.instant('c', 9)]));
    expect(reading).toMatchObject({ startUs: 3, endUs: 15 });
  });
});

test('metadata that are strings or numbers are kept, flattened by one level', () => {
  const metadata = {
    'clock-domain': 'LINUX_CLOCK_MONOTONIC',
    cpus: 4,
    none: null,
    list: [1],
    deep: { a: 1, b: { c: 2 }, d: 'é"' },
  };
  const { reading } = readText(JSON.stringify({ metadata, traceEvents: [], otherData: { version: 'x' } }));
  expect(reading.metadata).toEqual({
    'clock-domain': 'LINUX_CLOCK_MONOTONIC',
    cpus: 4,
    'deep.a': 1,
    'deep.d': 'é"',
    version: 'x',
  });
});

describe('a trace that breaks off', () => {
  test('inside an event gives the events before', () => {
    const text = `{"traceEvents":[${slice},{"ph":"X","na`;
    const { tables, reading } = readText(text);
    expect(tables.slices.length).toBe(1);
    expect(reading.cut).toEqual({
      atByte: text.length,
      reason: `the input ends inside a value that begins at byte ${text.indexOf(',{"ph":"X","na')}`,
    });
  });

  test('between two events of the object form', () => {
    expect(readText(`{"traceEvents":[${slice}`).reading.cut?.reason).toMatch(/^the input ends/);
    expect(readText(`{"traceEvents":[${slice}]`).reading.cut?.reason).toMatch(/^the input ends/);
  });

  test('with a syntax error stops there', () => {
    const text = `{"traceEvents":[${slice},{"ph";"X"},${slice}]}`;
    const { tables, reading } = readText(text);
    expect(tables.slices.length).toBe(1);
    expect(reading.cut).toEqual({ atByte: text.indexOf(';'), reason: 'expected a colon after the key' });
  });

  test('by what follows its end stops there', () => {
    const text = `{"traceEvents":[${slice}]} trailing`;
    expect(readText(text).reading.cut).toEqual({
      atByte: text.indexOf('trailing'),
      reason: 'expected nothing after the end of the trace',
    });
  });

  test('for a reason that the caller knows', () => {
    const reader = new TraceReader();
    reader.push(new TextEncoder().encode(`[${slice}`));
    expect(reader.finish('the gzip data ends early').reading.cut).toEqual({
      atByte: slice.length + 1,
      reason: 'the gzip data ends early',
    });
  });

  test('by a value that is larger than what is waited for', () => {
    const reader = new TraceReader({ maxValueBytes: 1000 });
    const long = JSON.stringify({ ph: 'X', name: 'x'.repeat(5000), ts: 1 });
    const bytes = new TextEncoder().encode(`[${slice},${long},${slice}]`);
    let pushed = 0;
    for (; pushed < bytes.length && reader.push(bytes.subarray(pushed, pushed + 100)); pushed += 100);
    expect(pushed).toBeLessThan(3000);
    const { tables, reading } = reader.finish();
    expect(tables.slices.length).toBe(1);
    expect(reading.cut).toEqual({ atByte: slice.length + 1, reason: 'a single value is longer than 1000 bytes' });
  });

  test('but a value outside of the events may be of any size', () => {
    const reader = new TraceReader({ maxValueBytes: 1000 });
    const bytes = new TextEncoder().encode(`{"systemTraceEvents":"${'x'.repeat(50_000)}","traceEvents":[${slice}]}`);
    for (let from = 0; from < bytes.length; from += 100) reader.push(bytes.subarray(from, from + 100));
    expect(reader.finish().reading).toMatchObject({ events: 1, cut: null });
  });
});

describe('what is no trace', () => {
  const refusal = (input: string | Uint8Array) => {
    try {
      const reader = new TraceReader();
      reader.push(typeof input === 'string' ? new TextEncoder().encode(input) : input);
      reader.finish();
    } catch (error) {
      expect(error).toBeInstanceOf(TraceError);
      return (error as TraceError).message;
    }
    throw new Error('It was read.');
  };

  test.each<[string, string | Uint8Array, RegExp]>([
    ['nothing', '', /empty \(0 bytes\)/],
    ['white space', ' \n\n ', /nothing but white space/],
    ['a PNG image', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0), /byte 0 on is a PNG image/],
    ['a zip archive', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0, 0, 0), /zip archive.*Unpack/],
    ['zstd', Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0, 0, 0), /zstd data.*Decompress/],
    ['gzip', Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0), /gzip data.*Decompress/],
    ['Perfetto protobuf', Uint8Array.of(0x0a, 0x56, 0x08, 0x01, 0x12, 0x02, 0x0a, 0x00, 0x10), /Perfetto protobuf.*traceconv/],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x7b, 0, 0x22, 0, 0x61, 0), /UTF-16.*UTF-8/],
    ['other binary data', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), /binary data/],
    ['plain text', '\nHello, this is no trace.', /text that is not JSON/],
    ['HTML', '<!doctype html><title>x</title>', /HTML/],
    ['a string', '"traceEvents"', /not JSON/],
    ['brackets only', '['.repeat(100_000), /none of its 1 elements is a trace event/],
    ['an array of numbers', '[1,2,3]', /none of its 3 elements/],
    ['an array of other objects', '[{"a":1},{"b":2}]', /none of its 2 elements/],
    ['an array cut in its first event', '[{"ph":"X"', /no whole event.*byte 10/],
    ['an empty object', '{}', /without traceEvents/],
    ['other JSON', '{"name":"x","version":"1"}', /without traceEvents \(its keys: name, version\)/],
    ['broken JSON', '{name:1}', /without traceEvents.*byte 1: expected a quoted key/],
    ['traceEvents that are no array', '{"traceEvents":{}}', /traceEvents, at byte 15, is no array/],
    [
      'a CPU profile',
      '{"nodes":[{"id":1}],"startTime":1,"endTime":2,"samples":[1,2],"timeDeltas":[0,1]}',
      /CPU profile.*Record a trace/,
    ],
    ['a heap snapshot', '{"snapshot":{"meta":{}},"nodes":[1],"edges":[],"strings":[""]}', /heap snapshot.*Record a trace/],
  ])('%s is refused, saying what it is', (_, input, message) => {
    expect(refusal(input)).toMatch(message);
  });

  test('the first bytes are waited for before they are judged', () => {
    const reader = new TraceReader();
    expect(reader.push(Uint8Array.of(0x89))).toBe(true);
    expect(() => reader.push(Uint8Array.of(0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a))).toThrow(/PNG/);
  });
});
