import { expect, test } from 'vitest';
import { Names } from '../../src/pack/names.js';
import { TraceRedactor } from '../../src/pack/redactTrace.js';
import { TraceReader } from '../../src/trace/reader.js';
import type { Trace } from '../../src/trace/trace.js';
import { eventsOfRun } from '../properties/bundleDocuments.js';

function redacted(text: string, { names = new Names(), chunkBytes = 1e9 } = {}): string {
  let out = '';
  const redactor = new TraceRedactor(names, (piece) => {
    out += piece;
  });
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += chunkBytes) if (!redactor.push(bytes.subarray(at, at + chunkBytes))) break;
  redactor.finish();
  return out;
}

function read(text: string): Trace {
  const reader = new TraceReader();
  reader.push(new TextEncoder().encode(text));
  return reader.finish();
}

/** What of a trace is no name. */
const numbersOf = ({ tables, reading }: Trace) => ({
  tables: Object.fromEntries(
    Object.entries(tables).map(([name, { columns, length }]) => [
      name,
      { length, columns: Object.values(columns).filter((column) => ArrayBuffer.isView(column)) },
    ]),
  ),
  reading: { ...reading, bytes: 0, metadata: {}, cut: reading.cut !== null },
});

/** A place for a text wherever an event of Chrome's, or of anybody's, has one. */
const plantedEvents = (secret: (place: string) => string): object[] => [
  ...eventsOfRun(),
  { ph: 'M', name: 'thread_name', pid: 1, tid: 77, args: { name: secret('thread') } },
  { ph: 'M', name: 'process_name', pid: 1, tid: 77, args: { name: secret('process') } },
  { ph: 'M', name: 'process_labels', pid: 1, tid: 77, args: { labels: secret('labels') } },
  {
    ph: 'X',
    cat: secret('category'),
    name: secret('event'),
    pid: 1,
    tid: 77,
    ts: 1,
    dur: 2,
    args: { [secret('key')]: { a: [secret('value')] } },
  },
  {
    ph: 'X',
    cat: 'devtools.timeline',
    name: 'FunctionCall',
    pid: 1,
    tid: 77,
    ts: 5,
    dur: 1,
    args: {
      data: {
        url: `https://${secret('host')}/${secret('path')}.js?${secret('query')}`,
        functionName: secret('function'),
        [secret('key')]: 1,
      },
    },
  },
  { ph: 'X', cat: 'v8', name: `V8.${secret('v8')}`, pid: 1, tid: 77, ts: 8, dur: 1 },
  { ph: 'I', s: 't', cat: 'blink.user_timing', name: secret('mark'), pid: 1, tid: 77, ts: 9, args: { detail: secret('detail') } },
  { ph: 'b', cat: 'blink.console', name: secret('console'), id: secret('id'), pid: 1, tid: 77, ts: 10 },
  { ph: 'e', cat: 'blink.console', name: secret('console'), id: secret('id'), pid: 1, tid: 77, ts: 11 },
  {
    ph: 'I',
    s: secret('s'),
    cat: 'devtools.timeline',
    name: 'TimeStamp',
    pid: 1,
    tid: 77,
    ts: 12,
    args: { data: { message: secret('stamp') } },
  },
  { ph: 'C', cat: 'x', name: secret('counter'), pid: 1, tid: 77, ts: 13, args: { [secret('series')]: 3 } },
  { ph: 's', cat: 'x', name: 'flow', id: secret('flow'), scope: secret('scope'), pid: 1, tid: 77, ts: 14 },
  {
    ph: secret('phase'),
    cat: 'x',
    name: secret('odd'),
    pid: secret('pid'),
    tid: secret('tid'),
    ts: secret('ts'),
    dur: secret('dur'),
  },
  {
    ph: 'X',
    cat: 'gpu',
    name: 'CommandBufferService:PutChanged',
    pid: 1,
    tid: 77,
    ts: 15,
    dur: 1,
    args: { handler: `.WebGL-${secret('context')}` },
  },
  {
    ph: 'X',
    cat: 'Node',
    name: `${secret('node')}_kernel_time`,
    pid: 1,
    tid: 77,
    ts: 17,
    dur: 1,
    args: { op_name: secret('type'), provider: secret('provider'), input_type_shape: secret('shape') },
  },
  {
    ph: 'P',
    cat: 'disabled-by-default-v8.cpu_profiler',
    name: 'ProfileChunk',
    id: '0x9',
    pid: 1,
    tid: 77,
    ts: 18,
    args: {
      data: {
        cpuProfile: {
          nodes: [
            {
              id: 1,
              callFrame: {
                functionName: secret('wasm function'),
                url: `wasm://wasm/${secret('module')}`,
                codeType: 'wasm',
                columnNumber: 3,
                scriptId: secret('script id'),
              },
            },
            {
              id: 2,
              parent: 1,
              callFrame: {
                functionName: secret('js function'),
                url: `blob:https://x/${secret('blob')}`,
                codeType: secret('code type'),
              },
              deoptReason: secret('deopt'),
            },
          ],
          samples: [1, 2, secret('sample')],
        },
        timeDeltas: [5, 5, 5],
        lines: [1, 2],
      },
    },
  },
  {
    ph: 'b',
    cat: 'cc,benchmark',
    name: 'PipelineReporter',
    id2: { local: '0x5' },
    pid: 1,
    tid: 77,
    ts: 19,
    args: { frame_reporter: { state: secret('state'), frame_type: secret('frame type') } },
  },
  { ph: 'e', cat: 'cc,benchmark', name: 'PipelineReporter', id2: { local: '0x5' }, pid: 1, tid: 77, ts: 21 },
];

const planted = new Set<string>();
const secret = (place: string): string => {
  const name = `anna ${place} Ünïc0de`;
  planted.add(name);
  return name;
};
const document = {
  traceEvents: plantedEvents(secret),
  metadata: { 'command-line': secret('command'), [secret('metadata key')]: { inner: secret('inner') } },
  stackFrames: { 1: { name: secret('stack frame') } },
  [secret('top')]: [secret('element')],
};

test('no text that is planted anywhere in a trace is left, and all numbers are', () => {
  const before = JSON.stringify(document);
  const after = redacted(before);
  for (const name of planted) expect(before).toContain(name);
  expect(after).not.toMatch(/anna|Ünïc0de|\\u/);
  expect(numbersOf(read(after))).toEqual(numbersOf(read(before)));
});

test('escapes do not hide a name', () => {
  const after = redacted(JSON.stringify(document).replaceAll('anna', '\\u0061nn\\u0061'));
  expect(after).not.toMatch(/anna|Ünïc0de|\\u/);
});

test('a trace that comes in small pieces, as lines or as a bare list gives the same', () => {
  const names = () => new Names();
  const whole = redacted(JSON.stringify(document));
  expect(redacted(JSON.stringify(document), { chunkBytes: 7 })).toBe(whole);
  expect(redacted(JSON.stringify(document.traceEvents), { names: names() })).toBe(whole);
  expect(redacted(document.traceEvents.map((event) => JSON.stringify(event)).join('\n'), { names: names() })).toBe(whole);
});

test('a trace that is cut stays cut', () => {
  const cut = JSON.stringify(document).slice(0, 3000);
  const after = read(redacted(cut));
  expect(after.reading.cut).not.toBeNull();
  expect(numbersOf(after)).toEqual(numbersOf(read(cut)));
});

test('what is no trace is refused', () => {
  expect(() => redacted('{"a":1}')).toThrow(/Not a trace/);
  expect(() => redacted('')).toThrow(/Not a trace/);
});

test('a series of user timing stays one, and a name that is given for inferences still finds them', () => {
  const names = new Names('infer-*');
  expect(['infer-1', 'infer-2', 'rank', 'load-1', 'infer-1'].map((each) => names.timing(each))).toEqual([
    'marked-a:1',
    'marked-a:2',
    'timing-b',
    'timing-c:4',
    'marked-a:1',
  ]);
  expect(names.timing('infer-*')).toBe('marked-*');
  expect(names.timing('inferscope:818e68bd:iteration:3:start')).toBe('inferscope:run-1:iteration:3:start');
});
