import { afterEach, describe, expect, test, vi } from 'vitest';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { launchFor } from '../../../collectors/browser/launchBrowser.js';
import { fetchModules, matchesModule } from '../../../collectors/pageHook/fetchModules.js';
import type { ProtocolSession } from '../../../collectors/protocolSession.js';
import { indexModule } from '../../../src/wasm/indexModule.js';
import { testPages } from '../../pages/index.js';
import { pthreadsModule } from '../../pages/pthreadsModule.js';
import { servePages } from '../../pages/servePages.js';
import { suiteFolder } from '../suiteFolder.js';

const folder = suiteFolder();

test.skipIf(!findBrowser())('modules of a page that runs already are fetched, unseen by it, or it is said why not', async () => {
  const server = await servePages(folder());
  const { browser } = await launchFor('wasm');
  try {
    const page = await browser.newPage();
    await page.goto(server.urlOf(testPages.find(({ id }) => id === 'pthreads')!));
    const session = (await page.context().newCDPSession(page)) as ProtocolSession;
    const entries = () =>
      page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.wasm')).length);
    await expect.poll(entries).toBe(1);
    const urls = [`${server.origin}/built/pthreads.wasm`, `${server.origin}/built/none.wasm`, 'wasm://wasm/8a1c2b3d'];
    const [there, missing, nameless] = await fetchModules(session, urls);
    expect(there!.bytes).toEqual(pthreadsModule);
    expect(missing).toMatchObject({ bytes: null, why: expect.stringContaining('could not load it again') });
    expect(nameless).toMatchObject({ bytes: null, why: expect.stringContaining('Reload the page with the hooks') });
    expect(await entries()).toBe(1);
  } finally {
    await browser.close();
    await server.close();
  }
});

test('bytes are those that ran if every sampled function begins where they have it', () => {
  const { bodyStart } = indexModule(pthreadsModule);
  const sampled = [...bodyStart].map((byteOffset, index) => ({ index, byteOffset }));
  expect(matchesModule(pthreadsModule, sampled)).toBe(true);
  expect(matchesModule(pthreadsModule, [...sampled, { index: 1, byteOffset: 7 }])).toBe(false);
  expect(matchesModule(pthreadsModule, [{ index: 99, byteOffset: bodyStart[0]! }])).toBe(false);
  expect(matchesModule(pthreadsModule, [{ index: null, byteOffset: bodyStart[0]! }])).toBe(true);
  expect(matchesModule(pthreadsModule, [{ index: null, byteOffset: bodyStart[0]! + 1 }])).toBe(false);
  expect(matchesModule(pthreadsModule, [])).toBe(false);
  expect(matchesModule(new Uint8Array([1, 2, 3]), sampled)).toBe(false);
});

describe('a server or machine that is slow', () => {
  afterEach(() => void vi.useRealTimers());

  /** A page that holds no module, whose browser loads one in `loadMs`, hands out a byte every `partMs`, and answers all else. */
  function slowSession(loadMs: number | null, partMs: number): ProtocolSession {
    const later = <T>(ms: number | null, value: T): Promise<T> =>
      new Promise((resolve) => {
        if (ms !== null) setTimeout(() => resolve(value), ms);
      });
    let read = 0;
    return {
      on: () => {},
      async send(method) {
        if (method === 'Page.getResourceTree') return { frameTree: { frame: { id: 'f' }, resources: [] } };
        if (method === 'Network.loadNetworkResource') return later(loadMs, { resource: { success: true, stream: 's' } });
        if (method === 'IO.read') return later(partMs, { data: 'x', eof: ++read === 5 });
        return {};
      },
    };
  }
  async function fetching(session: ProtocolSession, passMs: number) {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const fetched = fetchModules(session, ['http://127.0.0.1/m.wasm']);
    await vi.advanceTimersByTimeAsync(passMs);
    vi.useRealTimers();
    return (await fetched)[0]!;
  }

  test('is waited for as long as bytes come', async () => {
    const { bytes } = await fetching(slowSession(30_000, 40_000), 240_000);
    expect(bytes).toEqual(new Uint8Array(Buffer.from('xxxxx')));
  });

  test('is given up after a minute of silence, which the reason names', async () => {
    expect(await fetching(slowSession(null, 0), 61_000)).toMatchObject({
      bytes: null,
      why: 'The module’s bytes: no sign of life for 60 s, while the browser answered.',
    });
  });
});
