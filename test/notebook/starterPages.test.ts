import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../collectors/browser/findBrowser.js';
import type { ServedNotebooks } from '../../src/notebookServer/serve.js';
import { serveNotebooks } from '../../src/notebookServer/serve.js';
import { loadStack } from '../../src/notebookServer/stack.js';
import { copyStarter } from '../../src/notebookServer/starters.js';
import { type NotebookData, writeData } from '../../src/notebookServer/writeData.js';
import { recording } from '../recordings/recording.js';

/** Charts of the report and of Plot that are drawn of a run with one thread and without a memory pass, at the least. */
const STARTERS = { compare: 2, functions: 1, memory: 2, operators: 2, 'slow-prediction': 3, workers: 1 } as const;

const QUIET_MS = 1000;

describe.skipIf(!findBrowser())('the starters in Chromium (skipped without a browser: trace doctor --fix)', () => {
  let folder: string;
  let data: NotebookData[];
  let served: ServedNotebooks;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inferscope-starters-'));
    data = [await writeData((await recording('default')).folder, folder, { mark: null })];
    served = await serveNotebooks(folder, null, await loadStack());
    browser = await chromium.launch({
      executablePath: findBrowser()!.executable,
      chromiumSandbox: process.getuid?.() !== 0,
      args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', '--disable-background-networking'],
    });
  });

  afterAll(async () => {
    await browser?.close();
    await served?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(starter: string): Promise<{ page: Page; outside: string[] }> {
    const { file } = await copyStarter(folder, starter, false, data);
    const page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
    const outside: string[] = [];
    page.on('request', (request) => {
      if (!/^(http:\/\/127\.0\.0\.1:|data:|blob:)/.test(request.url())) outside.push(request.url());
    });
    await page.goto(served.urlOf(basename(file)));
    await settled(page);
    return { page, outside };
  }

  /** Waits until every cell has been done for a while: one that is done may start others, and the page may load anew. */
  async function settled(page: Page): Promise<void> {
    await page.waitForFunction(
      (quietMs) => {
        const state = globalThis as { doneSinceMs?: number };
        const isDone =
          document.querySelectorAll('[data-state]').length > 4 && document.querySelector('[data-state=pending]') === null;
        state.doneSinceMs = isDone ? (state.doneSinceMs ?? performance.now()) : Number.POSITIVE_INFINITY;
        const isQuiet = performance.now() - state.doneSinceMs > quietMs;
        if (!isDone) delete state.doneSinceMs;
        return isQuiet;
      },
      QUIET_MS,
      { polling: 100 },
    );
  }

  test.each(Object.entries(STARTERS))('%s draws its charts, and no cell fails or asks the network', async (starter, least) => {
    const { page, outside } = await open(starter);
    expect(await page.$$eval('.observablehq--error', (cells) => cells.map(({ textContent }) => textContent))).toEqual([]);
    expect(outside).toEqual([]);
    const widths = await page.$$eval('.inferscope-chart svg, svg[class^="plot"]', (charts) =>
      charts.map((svg) => svg.getBoundingClientRect().width),
    );
    expect(widths.filter((width) => width > 300).length).toBeGreaterThanOrEqual(least);
    await page.close();
  });

  test('what is chosen changes what is shown', async () => {
    const { page } = await open('slow-prediction');
    const labelOf = () => page.$eval('.inferscope-chart [role=img]', (chart) => chart.getAttribute('aria-label'));
    const before = await labelOf();
    await page.selectOption('select', { index: 2 });
    await page.waitForFunction(
      (shown) => document.querySelector('.inferscope-chart [role=img]')?.getAttribute('aria-label') !== shown,
      before,
    );
    expect(await labelOf()).toMatch(/^Time of prediction \d+ by cause/);
    await page.close();
  });
});
