import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { launchBrowser } from '../../../collectors/browser/launchBrowser.js';
import type { Heaps } from '../../../collectors/memory/heapUsage.js';
import { type HeapWatch, watchHeaps } from '../../../collectors/memory/watchHeaps.js';

const MB = 1 << 20;

describe.skipIf(!findBrowser())('the heaps of a page and its worker (skipped without a browser: trace doctor --fix)', () => {
  let browser: Browser;
  let heaps: HeapWatch;
  let inWorker: (script: string) => Promise<void>;

  beforeAll(async () => {
    ({ browser } = await launchBrowser());
    const page = await (await browser.newContext()).newPage();
    heaps = await watchHeaps(await page.context().newCDPSession(page));
    await page.evaluate(() => {
      const script = 'self.kept = []; onmessage = ({ data }) => postMessage(void eval(data));';
      (globalThis as { worker?: Worker }).worker = new Worker(URL.createObjectURL(new Blob([script])));
    });
    inWorker = (script) =>
      page.evaluate((sent) => {
        const { worker } = globalThis as unknown as { worker: Worker };
        return new Promise<void>((resolve) => {
          worker.onmessage = () => resolve();
          worker.postMessage(sent);
        });
      }, script);
    await inWorker('');
  });
  afterAll(() => browser.close());

  async function planted(script: string): Promise<Heaps> {
    await heaps.collectGarbage();
    const before = await heaps.read();
    await inWorker(script);
    const after = await heaps.read();
    return {
      usedBytes: after.usedBytes - before.usedBytes,
      totalBytes: after.totalBytes - before.totalBytes,
      arrayBufferBytes: after.arrayBufferBytes - before.arrayBufferBytes,
    };
  }

  test('count an array buffer as one, and not in the heap', async () => {
    const { totalBytes, arrayBufferBytes } = await planted(`kept.push(new Uint8Array(${32 * MB}).fill(1))`);
    expect(arrayBufferBytes / MB).toBeCloseTo(32, 0);
    expect(totalBytes / MB).toBeLessThan(8);
  });

  test('do not count Wasm memory: it is counted where it is made', async () => {
    const script = 'kept.push(new Uint8Array(new WebAssembly.Memory({ initial: 512 }).buffer).fill(1))';
    const { totalBytes, arrayBufferBytes } = await planted(script);
    expect(arrayBufferBytes / MB).toBeLessThan(1);
    expect(totalBytes / MB).toBeLessThan(8);
  });

  test('count objects, in what is held for them too', async () => {
    const { usedBytes, totalBytes } = await planted('kept.push(Array.from({ length: 1e6 }, (_, i) => ({ i })))');
    expect(usedBytes / MB).toBeGreaterThan(16);
    expect(totalBytes).toBeGreaterThanOrEqual(0.9 * usedBytes);
  });

  test('are read while the worker is busy, and are less once all was dropped and collected', async () => {
    const { arrayBufferBytes: held } = await heaps.read();
    const busy = inWorker('const endMs = performance.now() + 1000; while (performance.now() < endMs);');
    let isDone = false;
    const done = busy.then(() => {
      isDone = true;
    });
    await heaps.read();
    expect(isDone).toBe(false);
    await done;
    await inWorker('kept = []');
    await heaps.collectGarbage();
    expect((await heaps.read()).arrayBufferBytes).toBeLessThan(held - 31 * MB);
  });
});
