import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { testPages } from '../../pages/index.js';
import { type PageServer, servePages } from '../../pages/servePages.js';
import { openChrome } from '../attach/openChrome.js';
import { suiteFolder } from '../suiteFolder.js';
import { sampledThreads, watching } from './watching.js';

const urlOf = (server: PageServer, id: string): string => server.urlOf(testPages.find((page) => page.id === id)!);

describe.skipIf(!findBrowser())('a page that we did not write (skipped without a browser)', () => {
  const folder = suiteFolder();
  let server: PageServer;
  let chrome: Awaited<ReturnType<typeof openChrome>>;
  beforeAll(async () => {
    server = await servePages(folder());
    chrome = await openChrome();
  });
  afterAll(async () => {
    await chrome?.[Symbol.asyncDispose]();
    await server?.close();
  });

  /** Opens a page as a user would, and gives it time to load its model. */
  async function opened(id: string): Promise<string> {
    const answer = await fetch(`http://127.0.0.1:${chrome.port}/json/new?${urlOf(server, id)}`, { method: 'PUT' });
    await sleep(5000);
    return ((await answer.json()) as { id: string }).id;
  }
  const source = (tab: string, reload = false) => ({ endpoint: String(chrome.port), tab, reload, allowRemote: false });

  test('is launched and recorded from its first line on', async () => {
    const { result, manifest, trace, bundle } = await watching(folder(), { url: urlOf(server, 'ort-main') });
    expect(result).toMatchObject({ status: 'complete', reason: null });
    expect(manifest).toMatchObject({
      status: 'complete',
      page: { opened: 'launched', fromStart: true, until: 'after 3 s', ended: 'after 3 s', notes: [] },
      collectors: { trace: { outcome: 'done' }, samples: { outcome: 'done' } },
    });
    expect(sampledThreads(trace!)).toContain('CrRendererMain');
    if (process.platform === 'linux') expect(bundle.scheduling!.threads.length).toBeGreaterThan(5);
  });

  test('is attached to with its frames of other sites, and other tabs leave nothing in the trace', async () => {
    const other = await opened('hostile-names');
    const tab = await opened('nested');
    const { result, manifest, trace } = await watching(folder(), source(tab));
    console.log(manifest);
    expect(result.status).toBe('complete');
    expect(sampledThreads(trace!)).toEqual(['CrRendererMain', 'CrRendererMain', 'CrRendererMain']);
    const { processes } = trace!.tables;
    const names = Array.from({ length: processes.length }, (_, row) => processes.columns.name.at(row));
    expect(names.filter((name) => name === 'Renderer')).toHaveLength(3);
    for (const id of [other, tab]) await chrome.closeTab(id);
  });

  test('keeps what came until its tab is closed, and says so', async () => {
    const tab = await opened('ort-worker');
    const watched = watching(folder(), source(tab), {}, 60_000);
    await sleep(8000);
    await chrome.closeTab(tab);
    const { result, manifest, trace } = await watched;
    console.log(result, manifest);
    expect(result).toMatchObject({ status: 'incomplete', reason: expect.stringContaining('the tab was closed') });
    expect(manifest.page.ended).toContain('the tab was closed');
    expect(sampledThreads(trace!)).toEqual(['CrRendererMain', 'DedicatedWorker thread', 'DedicatedWorker thread']);
  });
});
