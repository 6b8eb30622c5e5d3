import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../collectors/browser/findBrowser.js';
import { launchFor } from '../../collectors/browser/launchBrowser.js';
import { suiteFolder } from '../collectors/suiteFolder.js';
import { type TestPage, testPages } from './index.js';
import type { PageLogEntry } from './pageLogEntry.js';
import { type PageServer, servePages } from './servePages.js';

/** Far beyond what any of them takes: to compile ONNX Runtime's Wasm, and the shaders without a GPU. */
const LIMIT_MS = 90_000;
const INFERENCES = 3;
const backends = [...new Set(testPages.map(({ backend }) => backend))].filter((backend) => backend !== null);

/** Pages that slow and planted tests use; of the others each kind has one in the tests of every run. */
const SLOW = new Set([
  'ort-main',
  'ort-trace',
  'transformers-wasm',
  'nested',
  'navigates',
  'navigates-away',
  'timing-flood',
  'huge-memory',
  'tfjs-webgl',
  'transformers-webgpu',
]);

/** By id: JavaScript that says whether what makes the page special is there. */
const IN_FORCE: Readonly<Record<string, string>> = {
  'user-timing': "performance.getEntriesByName('detect text', 'measure').length >= 3",
  'throwing-hooks': "performance.now() < 0 && (() => { try { performance.mark('m'); } catch { return true; } })()",
  'hostile-names': "document.title.includes('<img') && performance.getEntriesByType('measure').length >= 24",
  'huge-memory': 'memory.buffer.byteLength === 2 ** 31',
};

describe.skipIf(!findBrowser())('the pages of the tests (skipped without a browser: trace doctor --fix)', () => {
  const folder = suiteFolder();
  let server: PageServer;
  beforeAll(async () => {
    server = await servePages(folder());
  });
  afterAll(() => server.close());

  describe.each(backends)('in a browser for %s', (backend) => {
    let browser: Browser;
    beforeAll(async () => {
      ({ browser } = await launchFor(backend));
    });
    afterAll(() => browser.close());

    const pages = testPages.filter((page) => (page.backend ?? 'wasm') === backend);
    test.each(pages.filter(({ id }) => !SLOW.has(id)))('$id: $title', isAsItSays);
    test.each(pages.filter(({ id }) => SLOW.has(id)))('$id: $title', { tags: ['slow'] }, isAsItSays);

    async function isAsItSays(page: TestPage): Promise<void> {
      const startMs = Date.now();
      const opened = await open(browser, server.urlOf(page));
      try {
        const log = page.backend === null ? await quietLog(opened.page) : await steadyLog(opened, page);
        checkTimes(log, startMs);
        expect(await opened.page.evaluate(() => crossOriginIsolated)).toBe(page.isolated);
        if (IN_FORCE[page.id]) expect(await opened.page.evaluate(IN_FORCE[page.id]!)).toBe(true);
        if (page.realm === 'frame') await checkOwnProcesses(opened.page);
        expect(opened.complaints).toEqual([]);
        expect(opened.hosts.filter((host) => host !== '127.0.0.1' && !/(^|\.)localhost$/.test(host))).toEqual([]);
      } finally {
        await opened.page.context().close();
      }
    }
  });
});

interface Opened {
  readonly page: Page;
  /** Errors of the page, and what it printed as one. */
  readonly complaints: readonly string[];
  /** Whom it asked for something. */
  readonly hosts: readonly string[];
}

async function open(browser: Browser, url: string): Promise<Opened> {
  const context = await browser.newContext();
  const complaints: string[] = [];
  const hosts: string[] = [];
  context.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url())) hosts.push(new URL(request.url()).hostname);
  });
  context.on('weberror', (error) => complaints.push(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const page = await context.newPage();
  await page.goto(url);
  return { page, complaints, hosts };
}

/** The page's log once it holds enough; on a page that goes on to another, enough of both. */
async function steadyLog({ page, complaints }: Opened, { documents }: TestPage): Promise<readonly PageLogEntry[]> {
  const count = (log: readonly PageLogEntry[], phase: string) => log.filter((entry) => entry.phase === phase).length;
  let log: readonly PageLogEntry[] = [];
  await expect
    .poll(
      async () => {
        // While it goes from one page to the other there is nothing to ask.
        log = await logOf(page).catch(() => []);
        return complaints.length > 0 || (count(log, 'load') === documents && count(log, 'steady') >= INFERENCES * documents);
      },
      { timeout: LIMIT_MS, interval: 200 },
    )
    .toBe(true);
  expect(complaints).toEqual([]);
  expect(count(log, 'warm-up')).toBe(documents);
  expect(log.map(({ phase }) => phase).slice(0, 3)).toEqual(['load', 'warm-up', 'steady']);
  return log;
}

/** Only a frame with a process of its own has a protocol session of its own. */
async function checkOwnProcesses(page: Page): Promise<void> {
  const frames = page.frames();
  expect(frames.map((frame) => new URL(frame.url()).hostname)).toEqual(['127.0.0.1', 'localhost', 'widget.localhost']);
  for (const frame of frames) await (await page.context().newCDPSession(frame)).detach();
}

async function quietLog(page: Page): Promise<readonly PageLogEntry[]> {
  await page.waitForTimeout(1000);
  const log = await logOf(page);
  expect(log).toEqual([]);
  return log;
}

const logOf = (page: Page): Promise<readonly PageLogEntry[]> =>
  page.evaluate(() => (globalThis as unknown as { log?: PageLogEntry[] }).log ?? []);

/** One after the other, and by the clock of this machine within the time that the page was open. */
function checkTimes(log: readonly PageLogEntry[], startMs: number): void {
  const SKEW_MS = 1000;
  let lastMs = startMs - SKEW_MS;
  for (const entry of log) {
    expect(entry.startMs).toBeGreaterThanOrEqual(lastMs);
    expect(entry.endMs).toBeGreaterThan(entry.startMs);
    lastMs = entry.endMs;
  }
  expect(lastMs).toBeLessThan(Date.now() + SKEW_MS);
}
