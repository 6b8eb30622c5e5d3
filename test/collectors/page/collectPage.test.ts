import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import { countInferences } from '../../../analyzers/windows/callSeries.js';
import { attach } from '../../../collectors/attach/attach.js';
import { findBrowser } from '../../../collectors/browser/findBrowser.js';
import { unrecordedTimings } from '../../../collectors/page/userTimings.js';
import { silent } from '../../../collectors/progress.js';
import { pageBaseline } from '../../../src/cli/collectFromPage.js';
import { loadInput } from '../../../src/loadInput.js';
import { testPages } from '../../pages/index.js';
import type { PageLogEntry } from '../../pages/pageLogEntry.js';
import { type PageServer, servePages } from '../../pages/servePages.js';
import { openCable } from '../attach/openCable.js';
import { openChrome } from '../attach/openChrome.js';
import { suiteFolder } from '../suiteFolder.js';
import { sampledThreads, watching } from './watching.js';

/** Samples are handed in every 5 s. */
const SAMPLES_MS = 7000;

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

  /** Opens a page as a user would, and waits until it has warmed up, by its own word. */
  async function opened(id: string): Promise<string> {
    server.takeLog();
    const answer = await fetch(`http://127.0.0.1:${chrome.port}/json/new?${urlOf(server, id)}`, { method: 'PUT' });
    const phases: PageLogEntry['phase'][] = [];
    const told = () => {
      phases.push(...server.takeLog().map(({ phase }) => phase));
      return phases;
    };
    // Pages that were opened before infer too, but warm up no more.
    await expect.poll(told, { timeout: 60_000, interval: 100 }).toContain('warm-up');
    await sleep(500);
    return ((await answer.json()) as { id: string }).id;
  }
  /** Records a tab until the deed ends it, which is done once there are samples that were handed in. */
  async function watchingUntil(deed: () => unknown, from: ReturnType<typeof source>) {
    let done: Promise<unknown> | undefined;
    const step = (title: string): void => {
      if (title === 'Recording') done ??= sleep(SAMPLES_MS).then(deed);
    };
    const watched = await watching(folder(), from, {}, 60_000, { ...silent, step });
    await done;
    return watched;
  }
  const source = (tab: string, reload = false) => ({ endpoint: String(chrome.port), tab, reload, allowRemote: false });

  test('is launched and recorded from its first line on', async () => {
    // Beside other tests it may take seconds to load.
    const { result, manifest, trace, bundle } = await watching(folder(), { url: urlOf(server, 'ort-main') }, {}, 8000);
    expect(result).toMatchObject({ status: 'complete', reason: null });
    expect(manifest).toMatchObject({
      status: 'complete',
      page: { opened: 'launched', fromStart: true, until: 'after 8 s', ended: 'after 8 s', notes: [] },
      collectors: { trace: { outcome: 'done' }, samples: { outcome: 'done' }, modules: { outcome: 'done' } },
    });
    expect(sampledThreads(trace!)).toContain('CrRendererMain');
    expect(bundle.wasm!.realms[0]!.instances.length).toBeGreaterThan(0);
    expect(manifest.modules).toHaveLength(1);
    expect(manifest.state).toMatchObject({ crossOriginIsolated: expect.any(Boolean), hardwareConcurrency: expect.any(Number) });
    expect(manifest.state).toMatchObject({ secureContext: true, webgpu: true });
    expect(manifest.realms).toEqual([]);
    expect(Math.min(...bundle.wasm!.realms[0]!.calls.memoryBytes!.slice(-3))).toBeGreaterThan(1 << 20);
    if (process.platform === 'linux') expect(bundle.scheduling!.threads.length).toBeGreaterThan(5);
  });

  test('is attached to as it runs, and the bytes of its Wasm are fetched and checked; its model is timed natively', async () => {
    const tab = await opened('ort-main');
    const baseline = await pageBaseline('tiny-operators', { shapes: [], threads: 1, seed: 1 });
    const { result, manifest, folder: path } = await watching(folder(), source(tab), { baseline });
    expect(result.status).toBe('complete');
    expect(manifest.modules).toHaveLength(1);
    expect(manifest.collectors).toMatchObject({
      modules: { outcome: 'done', detail: expect.stringContaining('1 Wasm modules fetched') },
      baseline: { outcome: 'done' },
    });
    expect(manifest.baseline!.rounds.length).toBeGreaterThan(3);
    const { gap, instructionSet } = analyze(await loadInput(path));
    expect(gap!.ratio).toBeGreaterThan(1);
    expect(instructionSet).not.toBeNull();
    await chrome.closeTab(tab);
  });

  test('is told what recording costs it by the inferences that it had measured before', { tags: ['slow'] }, async () => {
    const tab = await opened('user-timing');
    const { session, close } = await attach(source(tab), silent, new AbortController().signal);
    while ((await unrecordedTimings(session, 'detect*')).length < 6) await sleep(200);
    expect(await unrecordedTimings(session, 'another')).toEqual([]);
    await close();
    const { manifest } = await watching(folder(), source(tab), { mark: 'detect text' });
    expect(manifest.page.unrecordedMs.length).toBeGreaterThanOrEqual(6);
    expect(Math.min(...manifest.page.unrecordedMs)).toBeGreaterThan(0);
    await chrome.closeTab(tab);
  });

  test('is attached to with its frames of other sites, and other tabs leave nothing in the trace', {
    tags: ['slow'],
  }, async () => {
    const other = await opened('hostile-names');
    const tab = await opened('nested');
    const { result, trace, manifest } = await watching(folder(), source(tab));
    if (process.platform === 'linux') expect(manifest.recorded).not.toBeNull();
    expect(result.status).toBe('complete');
    expect(sampledThreads(trace!)).toEqual(['CrRendererMain', 'CrRendererMain', 'CrRendererMain']);
    const { processes } = trace!.tables;
    const names = Array.from({ length: processes.length }, (_, row) => processes.columns.name.at(row));
    expect(names.filter((name) => name === 'Renderer')).toHaveLength(3);
    for (const id of [other, tab]) await chrome.closeTab(id);
  });

  test('keeps what came until its tab is closed, and says so', { tags: ['slow'] }, async () => {
    const tab = await opened('ort-worker');
    const { result, manifest, trace } = await watchingUntil(() => chrome.closeTab(tab), source(tab));
    expect(result).toMatchObject({ status: 'incomplete', reason: expect.stringContaining('the tab was closed') });
    expect(manifest.page.ended).toContain('the tab was closed');
    expect(sampledThreads(trace!)).toEqual(['CrRendererMain', 'DedicatedWorker thread', 'DedicatedWorker thread']);
  });

  test('leaves the tab, and all that its page can see, as it was, whether it was loaded anew or not', async () => {
    const tab = await chrome.open('/reporting');
    // A tab that an earlier test closed takes a moment to go.
    await expect.poll(async () => (await chrome.tabs()).length).toBe(2);
    const before = { tabs: await chrome.tabs(), page: await chrome.report() };
    const until = { name: 'never', kind: null, count: 1 };
    for (const reload of [false, true]) {
      const { result } = await watching(folder(), source(tab, reload), { until }, 1500);
      expect(result.status).toBe('complete');
      expect({ tabs: await chrome.tabs(), page: await chrome.report() }).toEqual(before);
    }
    await chrome.closeTab(tab);
  });

  test('ends when the page leaves the user timing that was waited for', { tags: ['slow'] }, async () => {
    const until = { name: 'detect text', kind: 'measure' as const, count: 2 };
    const end = { durationMs: 30_000, awaited: 'after two', durationGiven: false };
    const { result, manifest } = await watching(folder(), { url: urlOf(server, 'user-timing') }, { until, end });
    expect(result).toMatchObject({ status: 'complete' });
    expect(manifest.page.ended).toBe('after two');
  });

  test('ends when hooks have seen as many inferences as were asked for', { tags: ['slow'] }, async () => {
    const inferences = { wanted: 4, count: countInferences };
    const end = { durationMs: 30_000, awaited: 'after 4 inferences', durationGiven: false };
    const { result, manifest, folder: path } = await watching(folder(), { url: urlOf(server, 'ort-main') }, { inferences, end });
    expect(result.status).toBe('complete');
    expect(manifest.page.ended).toBe('after 4 inferences');
    const { inferences: found } = analyze(await loadInput(path));
    expect(found!.count).toBeGreaterThanOrEqual(4);
  });

  test('ends the trace of a page that is busy half of the time, and says why a page could not be opened', {
    tags: ['slow'],
  }, async () => {
    const busy = await watching(folder(), { url: `${chrome.base}/busy` }, {}, 1500);
    expect(busy.result.status).toBe('complete');
    expect(busy.manifest.page.title).toBe('busy');
    await expect(watching(folder(), { url: 'http://127.0.0.1:9/' })).rejects.toThrow(/could not be opened: net::ERR/);
  });

  test('keeps only the last of a long recording', { tags: ['slow'] }, async () => {
    const { trace, manifest } = await watching(folder(), { url: urlOf(server, 'ort-main') }, { lastMs: 2000 }, 6000);
    const { slices } = trace!.tables;
    const at = Array.from({ length: slices.length }, (_, row) => slices.columns.startUs[row]! + slices.columns.durationUs[row]!);
    expect(at.length).toBeGreaterThan(100);
    // What came before is gone; the trace goes on for a while as the hooks are asked.
    if (process.platform === 'linux') {
      const { startUs, endUs } = manifest.recorded!;
      expect(endUs - startUs).toBe(2_000_000);
      expect(Math.min(...at)).toBeGreaterThanOrEqual(startUs);
    }
    expect(sampledThreads(trace!)).toContain('CrRendererMain');
    expect(manifest.trace!.dataLoss).toBe(false);
  });

  test('keeps the samples until the connection drops, says so, does not hang, and the browser stays', async () => {
    const tab = await opened('ort-main');
    const cable = await openCable(chrome.port);
    const through = `ws://127.0.0.1:${cable.port}${chrome.path}`;
    const { result, manifest } = await watchingUntil(() => cable.cut(), { ...source(tab), endpoint: through });
    expect(result).toMatchObject({ status: 'incomplete', reason: expect.stringMatching(/connection.* was lost/) });
    expect(manifest.collectors).toMatchObject({ trace: { outcome: 'failed' }, samples: { outcome: 'done' } });
    // A trace that was lost is no buffer that overflowed.
    expect(manifest.trace).toMatchObject({ dataLoss: false });
    expect((await chrome.tabs()).some((each) => each.startsWith(tab))).toBe(true);
    await chrome.closeTab(tab);
  });

  test('keeps the samples until the browser is killed, says so, and does not hang', { tags: ['slow'] }, async () => {
    const tab = await opened('ort-main');
    const { result, manifest, trace } = await watchingUntil(() => chrome.kill(), source(tab));
    expect(result).toMatchObject({ status: 'incomplete', reason: expect.stringMatching(/connection.* was lost/) });
    expect(manifest.collectors).toMatchObject({ trace: { outcome: 'failed' }, samples: { outcome: 'done' } });
    expect(sampledThreads(trace!)).toEqual(['CrRendererMain']);
  });
});
