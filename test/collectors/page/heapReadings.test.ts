import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { launchBrowser } from '../../../collectors/browser/launchBrowser.js';
import { readHeaps } from '../../../collectors/page/heapReadings.js';
import { monotonicUs } from '../../../collectors/scheduling/sampleScheduling.js';

const MB = 1 << 20;
const READ_MS = 1800;

describe.skipIf(!findBrowser())('readings of a page’s heap (skipped without a browser: trace doctor --fix)', () => {
  let browser: Browser;
  let page: Page;
  let session: CDPSession;
  beforeAll(async () => {
    ({ browser } = await launchBrowser());
    page = await (await browser.newContext()).newPage();
    session = await page.context().newCDPSession(page);
  });
  afterAll(() => browser.close());

  test('come in order, see what is made meanwhile, and end with what is still held', async () => {
    const heaps = readHeaps();
    const startUs = monotonicUs();
    heaps.watch(session, 'page', 'https://page.example/');
    await page.evaluate((bytes) => {
      const all = globalThis as unknown as { held: Uint8Array[]; dropped: Uint8Array | null };
      all.held = [];
      setInterval(() => {
        all.held.push(new Uint8Array(bytes));
        all.dropped = new Uint8Array(4 * bytes);
      }, 100);
    }, MB);
    await sleep(READ_MS);
    await page.evaluate(() => {
      const all = globalThis as unknown as { held: Uint8Array[]; dropped: Uint8Array | null };
      all.dropped = null;
      for (let id = 0; id < 100; id++) clearInterval(id);
    });
    const kept = await page.evaluate(() => (globalThis as unknown as { held: Uint8Array[] }).held.length);
    const { realms } = await heaps.collected({ startUs, endUs: monotonicUs() });
    expect(realms).toHaveLength(1);
    const { kind, url, readings, heldBytes } = realms[0]!;
    expect({ kind, url }).toEqual({ kind: 'page', url: 'https://page.example/' });
    expect(readings.atUs.length).toBeGreaterThanOrEqual(3);
    expect([...readings.atUs].sort((a, b) => a - b)).toEqual(readings.atUs);
    const made = readings.arrayBufferBytes.at(-1)! - readings.arrayBufferBytes[0]!;
    expect(made).toBeGreaterThan(kept * 0.5 * MB);
    const heldMb = (heldBytes! - readings.usedBytes[0]! - readings.arrayBufferBytes[0]!) / MB;
    expect(heldMb).toBeGreaterThan(kept - 2);
    expect(heldMb).toBeLessThan(kept + 2);
  });

  test('of a target that is gone, or none, are what came of it', async () => {
    const heaps = readHeaps();
    const startUs = monotonicUs();
    let end = (): void => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    heaps.watch(session, 'iframe', 'blob:https://page.example/1234', ended);
    heaps.watch(session, 'browser', 'https://page.example/');
    await sleep(100);
    end();
    await sleep(0);
    const { realms } = await heaps.collected({ startUs, endUs: monotonicUs() });
    expect(realms).toMatchObject([{ kind: 'frame', url: 'blob:https://page.example', heldBytes: null }]);
  });
});
