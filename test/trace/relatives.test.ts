import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { readTraceFile } from '../../src/bundle/readTraceFile.js';
import { TraceReader } from '../../src/trace/reader.js';
import { TraceError } from '../../src/trace/traceError.js';

const lines = (...documents: readonly object[]): string => documents.map((each) => JSON.stringify(each)).join('\n');

/** A zip archive whose files are stored and empty: headers as they are, and what follows them left out. */
function zip(...names: readonly string[]): Uint8Array {
  const entries = names.map((name) => {
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt16LE(name.length, 26);
    return Buffer.concat([header, Buffer.from(name)]);
  });
  return Buffer.concat([...entries, Buffer.from('PK\x01\x02')]);
}

const firefox = {
  meta: { interval: 1, startTime: 1700000000000, product: 'Firefox', version: 31, preprocessedProfileVersion: 52 },
  libs: [],
  pages: [],
  threads: [{ name: 'GeckoMain', processType: 'default', samples: { stack: [null], length: 1 }, markers: { length: 0 } }],
};
const heap = { meta: { node_fields: ['type', 'name'] }, node_count: 1, edge_count: 0, trace_function_count: 0 };
const speedscope = {
  exporter: 'speedscope@1.20.0',
  name: 'profile',
  activeProfileIndex: 0,
  $schema: 'https://www.speedscope.app/file-format-schema.json',
  shared: { frames: [{ name: 'a' }] },
  profiles: [{ type: 'sampled', name: 'main', unit: 'microseconds', startValue: 0, endValue: 2, samples: [[0]], weights: [2] }],
};
const kineto = {
  schemaVersion: 1,
  deviceProperties: [{ id: 0, name: 'NVIDIA A100' }],
  displayTimeUnit: 'ms',
  traceEvents: [
    { ph: 'X', cat: 'cpu_op', name: 'aten::conv2d', pid: 3017, tid: 3017, ts: 4051283.12, dur: 40.5, args: { 'External id': 3 } },
    { ph: 'X', cat: 'Trace', name: 'PyTorch Profiler (0)', pid: 'Spans', tid: 'PyTorch Profiler', ts: 4051280, dur: 100 },
  ],
};
const playwright = {
  version: 8,
  type: 'context-options',
  origin: 'library',
  browserName: 'chromium',
  playwrightVersion: '1.65.1',
  options: { viewport: { width: 1280, height: 720 } },
  platform: 'linux',
  wallTime: 1700000000000,
  monotonicTime: 1234.5,
  sdkLanguage: 'javascript',
};

/** What it is, a minimal example, and what the refusal says: what it is, and what to do. */
const relatives: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
  [
    'Playwright’s trace.zip',
    zip('trace.trace', 'trace.network', 'trace.stacks'),
    /Playwright.*browser\.startTracing.*trace collect/,
  ],
  [
    'of its test runner',
    zip('resources/1234567890123456789012345678901234567890.jpeg', 'test.trace'),
    /Playwright.*startTracing/,
  ],
  ['merged', zip('0-trace.trace'), /Playwright.*startTracing/],
  ['unpacked', lines(playwright, { type: 'before', callId: 'call@1', startTime: 1 }), /Playwright.*startTracing.*trace collect/],
  ['its network', lines({ type: 'resource-snapshot', snapshot: { request: {} } }, { type: 'x' }), /Playwright.*startTracing/],
  ['its stacks', JSON.stringify({ files: ['a.mjs'], stacks: [[1, [[0, 3, 1, '']]]] }), /Playwright.*startTracing/],
  ['a zip of a trace', zip('Trace-20260101.json'), /zip archive.*Unpack it and give the trace inside.*trace collect/],
  ['a zip without files', Uint8Array.from([...Buffer.from('PK\x05\x06'), ...new Uint8Array(18)]), /zip archive without files/],
  ['a profile of Firefox', JSON.stringify(firefox), /profile of Firefox.*Chromium.*trace collect/],
  ['one of Gecko’s own form', JSON.stringify({ meta: {}, libs: [], threads: [], processes: [] }), /profile of Firefox/],
  [
    'a report of Lighthouse',
    JSON.stringify({ lighthouseVersion: '12.8.0', requestedUrl: 'https://a/', audits: {}, categories: {} }),
    /Lighthouse.*trace collect/,
  ],
  ['HAR', JSON.stringify({ log: { version: '1.2', creator: { name: 'WebInspector' }, entries: [] } }), /HAR.*trace collect/],
  ['NetLog', JSON.stringify({ constants: { logEventTypes: {} }, events: [{ type: 1 }] }), /NetLog.*trace collect/],
  ['speedscope', JSON.stringify(speedscope), /speedscope.*made from.*trace collect/],
  [
    'a .cpuprofile',
    JSON.stringify({ nodes: [{ id: 1 }], startTime: 1, endTime: 9, samples: [1], timeDeltas: [8] }),
    /\.cpuprofile.*one thread.*Record a trace/,
  ],
  [
    'a heap snapshot',
    JSON.stringify({
      snapshot: heap,
      nodes: [3, 0],
      edges: [],
      trace_function_infos: [],
      trace_tree: [],
      samples: [],
      strings: [''],
    }),
    /\.heapsnapshot.*Record a trace/,
  ],
  [
    'a heap timeline',
    JSON.stringify({ snapshot: heap, nodes: [3, 0], edges: [], trace_tree: [], samples: [1000, 19, 2000, 25], strings: [''] }),
    /\.heaptimeline.*Record a trace/,
  ],
  [
    'a sampling profile of the heap',
    JSON.stringify({ head: { callFrame: {}, children: [] }, samples: [{ size: 1, nodeId: 1 }] }),
    /\.heapprofile.*Record a trace/,
  ],
  ['PyTorch’s profiler', JSON.stringify(kineto), /PyTorch.*no browser.*trace collect/],
  ['PyTorch’s profiler, keys behind', JSON.stringify(Object.fromEntries(Object.entries(kineto).reverse())), /PyTorch/],
  ['Perfetto’s protobuf', Uint8Array.of(0x0a, 0x56, 0x08, 0x01, 0x12, 0x02, 0x0a, 0x00, 0x10), /Perfetto protobuf.*traceconv/],
  [
    'a manifest',
    JSON.stringify({ schema: 'inferscope.run/1', toolVersion: '0.1.0', status: 'complete' }),
    /Inferscope wrote.*bundle/,
  ],
];

const folder = mkdtempSync(join(tmpdir(), 'relatives-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Of the file, as it is and packed with gzip. */
async function refusals(content: string | Uint8Array): Promise<readonly string[]> {
  const messages: string[] = [];
  for (const bytes of [content, gzipSync(content)]) {
    const path = join(folder, 'input');
    writeFileSync(path, bytes);
    const error = await readTraceFile(path).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TraceError);
    messages.push((error as TraceError).message);
  }
  return messages;
}

describe('what is no trace of a browser, but near', () => {
  test.each(relatives)('%s is called by its name, with what to do instead, gzip or not', async (_, content, expected) => {
    for (const message of await refusals(content)) {
      expect(message).toMatch(expected);
      expect(message).not.toContain('\n');
    }
  });

  test.each(relatives)('%s is told from chunks of any size', (_, content, expected) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    for (const size of [1, 7, 100]) {
      const read = () => {
        const reader = new TraceReader();
        for (let from = 0; from < bytes.length; from += size) reader.push(bytes.subarray(from, from + size));
        reader.finish();
      };
      expect(read).toThrow(expected);
    }
  });

  test('Playwright’s trace does not send its owner to unpack it', async () => {
    for (const message of await refusals(zip('trace.trace', 'trace.network'))) expect(message).not.toMatch(/npack/);
  });

  test('a trace of Chrome that has some of these keys is one', () => {
    const reader = new TraceReader();
    const events = [{ ph: 'X', name: 'a', ts: 1, dur: 1, pid: 1, tid: 1 }];
    const json = { meta: 1, log: {}, type: 'x', snapshot: {}, samples: [1], nodes: [], startTime: 1, traceEvents: events };
    reader.push(new TextEncoder().encode(JSON.stringify(json)));
    expect(reader.finish().tables.slices.length).toBe(1);
  });
});
