import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
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
