import { describe, expect, test } from 'vitest';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { launchFor } from '../../../collectors/browser/launchBrowser.js';
import { processOfPage } from '../../../collectors/memory/processOfPage.js';
import { canReadProcessMemory, processMemory } from '../../../collectors/memory/sampleMemory.js';
import type { ProtocolSession } from '../../../collectors/protocolSession.js';

const PAGE = 11;

/**
 * A browser and its page, by what each process has run at the so-manieth busy moment of the page, in hundredths of a second.
 * @param ran renderers by process, besides the page's
 */
function sessions(ran: Record<number, (moment: number) => number | null>, knows = true): [ProtocolSession, ProtocolSession] {
  let moment = 0;
  const all = { [PAGE]: (at: number) => 20 + 5 * at, ...ran };
  const on = () => undefined;
  const browser = async () => ({
    processInfo: [
      { type: 'browser', id: 1, cpuTime: 9 },
      { type: 'GPU', id: 2, cpuTime: 9 },
      ...Object.entries(all).flatMap(([id, of]) => {
        const ticks = of(moment);
        return ticks === null ? [] : [{ type: 'renderer', id: Number(id), cpuTime: ticks / 100 }];
      }),
    ],
  });
  const page = async (method: string) => {
    if (method === 'Runtime.evaluate') moment++;
    return { metrics: knows ? [{ name: 'ProcessTime', value: all[PAGE]!(moment) / 100 }] : [] };
  };
  return [
    { send: browser, on },
    { send: page, on },
  ];
}

describe('the process of a page', () => {
  test('is the one that ran as long as the page’s says, whatever others run', async () => {
    const busier = (at: number) => 3 + 40 * at;
    const begins = (at: number) => (at === 0 ? null : 30);
    expect(await processOfPage(...sessions({ 10: busier, 12: begins }))).toEqual({ page: PAGE, gpu: 2 });
  });

  test('gets apart from one that has run as long so far', async () => {
    expect(await processOfPage(...sessions({ 10: () => 20 }))).toEqual({ page: PAGE, gpu: 2 });
  });

  test('is not told where two always run alike, or the browser does not say', async () => {
    expect(await processOfPage(...sessions({ 10: (at) => 20 + 5 * at }))).toEqual({ page: null, gpu: 2 });
    expect(await processOfPage(...sessions({}, false))).toEqual({ page: null, gpu: 2 });
  });
});

describe.skipIf(!findBrowser() || !canReadProcessMemory())(
  'in a browser (skipped without one, or where no process is told of)',
  () => {
    test('the process found is the one that grows with its page, while other pages begin', async () => {
      const { browser } = await launchFor('wasm', { software: true });
      try {
        const page = await (await browser.newContext()).newPage();
        await page.goto('data:text/html,one');
        const others = Array.from({ length: 6 }, async (_, place) => {
          const other = await (await browser.newContext()).newPage();
          await other.goto(`data:text/html,${place}`);
          await other.evaluate(() => {
            const endMs = performance.now() + 300;
            while (performance.now() < endMs);
          });
        });
        const cdp = await page.context().newCDPSession(page);
        const found = await processOfPage(await browser.newBrowserCDPSession(), cdp);
        await Promise.all(others);
        const before = processMemory(found.page!)!;
        const bytes = 64 << 20;
        await page.evaluate((size) => {
          (globalThis as { kept?: Uint8Array }).kept = new Uint8Array(size).fill(1);
        }, bytes);
        expect(processMemory(found.page!)! - before).toBeGreaterThan(0.9 * bytes);
        expect(found.gpu).not.toBe(found.page);
      } finally {
        await browser.close();
      }
    });
  },
);
