import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { readTraceFile } from '../../src/bundle/readTraceFile.js';
import { TraceError } from '../../src/trace/traceError.js';

const folder = mkdtempSync(join(tmpdir(), 'read-trace-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** 5000 events, some 4 MB: more than one chunk, as it is and compressed (the names are random). */
const events = Array.from({ length: 5000 }, (_, i) => ({
  ph: 'X',
  name: `task ${i % 7}`,
  ts: i * 10,
  dur: 5,
  pid: 1,
  tid: 1,
  args: { noise: Array.from({ length: 40 }, (_, k) => Math.imul(i * 40 + k, 0x9e3779b1) >>> 0) },
}));
const text = JSON.stringify({ traceEvents: events, metadata: { a: 1 } });

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test('JSON and gzip are told apart by how they begin, not by their names', async () => {
  const plain = await readTraceFile(file('plain.gz', text));
  const packed = await readTraceFile(file('packed.json', gzipSync(text)));
  for (const { reading, tables } of [plain, packed]) {
    expect(reading).toMatchObject({ bytes: text.length, events: 5000, cut: null, metadata: { a: 1 } });
    expect(tables.slices.length).toBe(5000);
  }
});

test('a file that ends early gives what it holds', async () => {
  const { reading } = await readTraceFile(file('cut.json', text.slice(0, text.length / 2)));
  expect(reading.events).toBeGreaterThan(2000);
  expect(reading.cut).toMatchObject({ atByte: Math.floor(text.length / 2), reason: expect.stringMatching(/^the input ends/) });
});

test('gzip that ends early gives what it holds, wherever it ends', async () => {
  const packed = gzipSync(text);
  for (const share of [0.1, 0.5, 0.9, 0.99]) {
    const { reading } = await readTraceFile(file('cut.gz', packed.subarray(0, packed.length * share)));
    expect(reading.events).toBeGreaterThan(5000 * share * 0.9);
    expect(reading.events).toBeLessThan(5000);
    expect(reading.cut?.reason).toBe('the gzip data ends early');
  }
});

test('gzip that lacks its checksum only is whole, but said to be cut', async () => {
  const { reading } = await readTraceFile(file('tail.gz', gzipSync(text).subarray(0, -8)));
  expect(reading.events).toBe(5000);
  expect(reading.cut?.reason).toBe('the gzip data ends early');
});

test('damaged gzip gives what comes before the damage, wherever it is', async () => {
  for (const share of [0.1, 0.5, 0.9]) {
    const packed = Buffer.from(gzipSync(text));
    const at = Math.floor(packed.length * share);
    packed.fill(0xff, at, at + 2000);
    const { reading } = await readTraceFile(file('damaged.gz', packed));
    expect(reading.events).toBeGreaterThan(5000 * share * 0.8);
    expect(reading.cut?.reason).toMatch(/damaged|expected/);
  }
});

test('gzip that is damaged from the start is refused', async () => {
  const packed = Buffer.from(gzipSync(text));
  packed.fill(0xff, 10, 2000);
  await expect(readTraceFile(file('ruined.gz', packed))).rejects.toThrow(/empty.*gzip data is damaged/);
});

test('gzip in several members is read as one', async () => {
  const half = Math.floor(text.length / 2);
  const packed = Buffer.concat([gzipSync(text.slice(0, half)), gzipSync(text.slice(half))]);
  expect((await readTraceFile(file('members.gz', packed))).reading).toMatchObject({ events: 5000, cut: null });
});

test('progress is in bytes of the file and ends with all of them', async () => {
  for (const content of [Buffer.from(text), gzipSync(text)]) {
    const seen: number[] = [];
    await readTraceFile(file('progress', content), {
      onProgress: ({ readBytes, totalBytes }) => {
        expect(totalBytes).toBe(content.length);
        seen.push(readBytes);
      },
    });
    expect(seen.at(-1)).toBe(content.length);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  }
});

test('aborting stops reading with the reason given', async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const path = file('abort.json', text);
  const reading = readTraceFile(path, { signal: controller.signal, onProgress: () => controller.abort(reason) });
  await expect(reading).rejects.toBe(reason);
  await expect(readTraceFile(path, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test.each<[string, string | Uint8Array, RegExp]>([
  ['empty', '', /empty \(0 bytes\)/],
  ['empty.gz', gzipSync(''), /empty \(0 bytes\)/],
  ['picture.gz', gzipSync(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)), /PNG image/],
  ['other.json', '{"a":1}', /without traceEvents/],
  ['twice.gz', gzipSync(gzipSync(text)), /gzip data.*Decompress/],
  ['archive.zip', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0, 0), /zip archive.*Unpack/],
  ['magic.gz', Uint8Array.of(0x1f, 0x8b), /empty \(0 bytes\).*gzip data ends early/],
])('%s is refused by name', async (name, content, message) => {
  const path = file(name, content);
  const error = await readTraceFile(path).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TraceError);
  expect((error as Error).message).toMatch(message);
  expect((error as Error).message.startsWith(`${path}: `)).toBe(true);
});

test('a folder and a missing file are refused by name', async () => {
  await expect(readTraceFile(folder)).rejects.toThrow(`${folder}: is a folder`);
  const missing = join(folder, 'missing.json');
  await expect(readTraceFile(missing)).rejects.toThrow(`${missing}: no such file`);
  await expect(readTraceFile(missing)).rejects.toBeInstanceOf(TraceError);
});

describe.skipIf(spawnSync('gzip', ['--version']).status !== 0)('of damaged gzip no less is read than gzip itself gives', () => {
  /** How much of the text gzip gives before it stops. */
  const given = (packed: Uint8Array): number => {
    const { stdout } = spawnSync('gzip', ['-dc'], { input: packed, maxBuffer: 2 * text.length });
    const right = stdout.findIndex((byte, i) => byte !== text.charCodeAt(i));
    return right < 0 ? stdout.length : right;
  };
  /** Events that are whole in as much of the text. */
  const wholeIn = (length: number): number => (text.slice(0, length).match(/\]\}\}/g) ?? []).length;

  test.each([0.2, 0.7, 0.999])('cut after %f of it', async (share) => {
    const packed = gzipSync(text);
    const cut = packed.subarray(0, packed.length * share);
    const { reading } = await readTraceFile(file('cut.gz', cut));
    expect(reading.bytes).toBeGreaterThanOrEqual(given(cut));
    expect(reading.events).toBeGreaterThanOrEqual(wholeIn(given(cut)));
    expect(reading.events).toBeGreaterThan(0);
  });

  // Damage as of a bad block on a disk: what comes before it can be inflated to the last byte, and gzip drops its last 32 kB.
  test.each([0.1, 0.45, 0.9])('overwritten after %f of it', async (share) => {
    const packed = Buffer.from(gzipSync(text));
    const at = Math.floor(packed.length * share);
    packed.fill(0xff, at, at + 3000);
    const { reading } = await readTraceFile(file('overwritten.gz', packed));
    expect(reading.bytes).toBeGreaterThanOrEqual(given(packed));
    expect(reading.events).toBeGreaterThanOrEqual(wholeIn(given(packed)));
    // All that is in the bytes before the damage, as a reader that is fed byte by byte sees it.
    const undamaged = await readTraceFile(file('before.gz', gzipSync(text).subarray(0, at)));
    expect(reading.events).toBeGreaterThanOrEqual(undamaged.reading.events);
  });

  test('whole but for its checksum', async () => {
    const packed = Buffer.from(gzipSync(text));
    packed[packed.length - 6]! ^= 0xff;
    const { reading } = await readTraceFile(file('checksum.gz', packed));
    expect(given(packed)).toBe(text.length);
    expect(reading).toMatchObject({ bytes: text.length, events: 5000, cut: { reason: expect.stringContaining('damaged') } });
  });
});

describe('limits', () => {
  test('gzip data inflates to no more than the limit, which is named and can be raised', async () => {
    const path = file('bomb.gz', gzipSync(`{"traceEvents":[${' '.repeat(5e6)}`));
    await expect(readTraceFile(path, { maxInflatedBytes: 1e6 })).rejects.toThrow(
      `${path}: The gzip data inflates to more than the limit of 1.00 MB. If it is meant to be so large, raise the limit: --max-size 2.00MB`,
    );
    await expect(readTraceFile(path, { maxInflatedBytes: 1e6 })).rejects.toBeInstanceOf(TraceError);
    const { reading } = await readTraceFile(path, { maxInflatedBytes: 6e6 });
    expect(reading.cut?.reason).toContain('ends');
  });

  test('a file that is not compressed is as long as it is', async () => {
    const { reading } = await readTraceFile(file('plain.json', text), { maxInflatedBytes: 10 });
    expect(reading.events).toBe(5000);
  });

  /** Each fills another table, and costs its sender next to nothing. */
  const repeated: Readonly<Record<string, (i: number) => string>> = {
    slices: () => '{"ph":"X","ts":1},',
    'slices that begin': () => '{"ph":"B","ts":1},',
    'ends of slices': () => '{"ph":"E","ts":1},',
    'async slices': () => '{"ph":"b","ts":1},',
    'async slices of an id each': (i) => `{"ph":"b","ts":1,"id":${i}},`,
    instants: () => '{"ph":"I","ts":1},',
    counters: () => '{"ph":"C","ts":1,"args":{"a":1,"a":1,"a":1,"a":1,"a":1,"a":1}},',
    'user timing': () => '{"ph":"R","ts":1,"cat":"blink.user_timing"},',
    flows: () => '{"ph":"s","ts":1,"name":"GpuChannel::Flush"},',
    frames: () => '{"ph":"n","ts":1,"name":"PipelineReporter","args":{"frame_reporter":{"state":1}}},',
    args: () => '{"ph":"X","ts":1,"name":"FunctionCall","args":{"data":{"url":1}}},',
    threads: (i) => `{"ph":"v","ts":1,"tid":${i}},`,
    processes: (i) => `{"ph":"v","ts":1,"pid":${i}},`,
    names: (i) => `{"ph":"v","ts":1,"name":"${i}"},`,
    'one long name': (i) => `{"ph":"v","ts":1,"name":"${i}${'a'.repeat(500)}"},`,
    samples: () => `{"ph":"P","ts":1,"name":"ProfileChunk","args":{"data":{"cpuProfile":{"samples":[${'0,'.repeat(2000)}]}}}},`,
    'call frames': (i) =>
      `{"ph":"P","ts":1,"name":"ProfileChunk","args":{"data":{"cpuProfile":{"nodes":[${Array.from({ length: 200 }, (_, k) => `{"id":${200 * i + k}}`)}]}}}},`,
    'children of call frames': (i) =>
      `{"ph":"P","ts":1,"name":"ProfileChunk","args":{"data":{"cpuProfile":{"nodes":[{"id":${i},"children":[${'1,'.repeat(2000)}]}]}}}},`,
    profiles: () => '{"ph":"P","ts":1,"name":"Profile"},',
  };

  test.each(Object.entries(repeated))(
    '%s take no more memory than the limit, which is named and can be raised',
    async (_, event) => {
      const events = Array.from({ length: 1e6 / event(0).length }, (_, i) => event(i)).join('');
      const path = file('bomb.gz', gzipSync(`{"traceEvents":[${events}`));
      await expect(readTraceFile(path, { maxTableBytes: 200_000 })).rejects.toThrow(
        `${path}: The tables of the trace need more memory than the limit of 200 kB. If it is meant to be so large, raise the limit: --max-memory 400kB`,
      );
      await readTraceFile(path);
    },
  );

  test('metadata takes no more memory than the limit', async () => {
    const entries = Array.from({ length: 5000 }, (_, i) => `"${i}":1`).join();
    const path = file('metadata.json', `{"metadata":{${entries}},"traceEvents":[]}`);
    await expect(readTraceFile(path, { maxTableBytes: 200_000 })).rejects.toThrow(/--max-memory/);
    await readTraceFile(path);
  });
});
