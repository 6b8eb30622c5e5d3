import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readTrace } from '../../src/bundle/readTrace.js';
import { blobFile } from '../../src/page/blobFile.js';
import { streamGunzip } from '../../src/page/streamGunzip.js';

// Node's DecompressionStream is no browser's: that damaged data is read to the last byte is tested in one (page.test.ts).

const events = Array.from({ length: 5000 }, (_, i) => ({ ph: 'X', name: `task ${i % 7}`, ts: i * 10, dur: 5, pid: 1, tid: 1 }));
const text = JSON.stringify({ traceEvents: events });
const read = (content: Uint8Array<ArrayBuffer>) => readTrace(blobFile(new Blob([content]), 'a.json.gz'), streamGunzip);

describe('a trace that is given to a page', () => {
  test('is read as it is, and packed with gzip', async () => {
    for (const content of [Uint8Array.from(Buffer.from(text)), Uint8Array.from(gzipSync(text))]) {
      expect((await read(content)).reading).toMatchObject({ bytes: text.length, events: 5000, cut: null });
    }
  });

  test('that ends early gives what it holds', async () => {
    const packed = Uint8Array.from(gzipSync(text));
    const { reading } = await read(packed.subarray(0, packed.length * 0.6));
    expect(reading.events).toBeGreaterThan(1000);
    expect(reading.cut?.reason).toBe('the gzip data ends early');
  });

  test('is refused by name if it is none', async () => {
    await expect(read(Uint8Array.from(gzipSync('text')))).rejects.toThrow(/^a\.json\.gz: Not a trace/);
  });
});
