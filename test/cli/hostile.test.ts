import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { findBrowser } from '../../collectors/browser/findBrowser.js';
import { hostileTexts, hostileTrace } from './hostileTrace.js';
import { type Ended, runTrace } from './runTrace.js';

/** Everything that a terminal obeys instead of showing, but the end of a line. */
const OBEYED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

describe('a trace full of hostile text', () => {
  const texts = hostileTexts;
  let folder: string;
  let trace: string;
  let ended: Ended;
  let report: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inferscope-hostile-'));
    trace = join(folder, '<img src=x onerror=alert(1)>.json');
    await writeFile(trace, hostileTrace(texts));
    ended = await runTrace(['analyze', trace, '--mark', '*'], { cwd: folder });
    report = fileURLToPath(/^Report: (file:\S+)/m.exec(ended.stderr)?.[1] ?? 'file:///none');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is analyzed', async () => {
    expect(ended).toMatchObject({ code: 0 });
    const analysis = JSON.parse((await runTrace(['analyze', trace, '--json', '--mark', '*'])).stdout);
    expect(analysis.partition.windows).toBe(texts.filter((text) => text !== '').length);
    expect(analysis.wasm.functions.length).toBeGreaterThan(10);
  });

  test('leaves nothing for the terminal to obey on either stream', () => {
    for (const line of `${ended.stdout}\n${ended.stderr}`.split('\n')) expect(line).not.toMatch(OBEYED);
    expect(ended.stdout).not.toMatch(/^Report:/m);
  });

  test('keeps control characters escaped in --json', async () => {
    const { stdout, stderr } = await runTrace(['analyze', trace, '--json']);
    for (const line of `${stdout}\n${stderr}`.split('\n')) expect(line).not.toMatch(OBEYED);
    expect(JSON.parse(stdout).source.name).toBe(trace);
  });

  test('has its report where it belongs, and nothing elsewhere', async () => {
    expect((await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.html'))).toHaveLength(1);
    expect(report.startsWith(join(folder, 'traces/'))).toBe(true);
  });

  describe.skipIf(!findBrowser())('its report in the browser (skipped without one)', () => {
    test('runs none of it, complains about nothing and reaches for nothing', async () => {
      const address = pathToFileURL(report).href;
      const chromiumSandbox = process.getuid?.() !== 0;
      const browser = await chromium.launch({ executablePath: findBrowser()!.executable, chromiumSandbox });
      onTestFinished(() => browser.close());
      const page = await browser.newPage();
      const deeds: string[] = [];
      page.on('console', (message) => deeds.push(`console ${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => deeds.push(`error: ${error.message}`));
      page.on('request', (request) => request.url() !== address && deeds.push(`request: ${request.url()}`));
      page.on('dialog', (dialog) => {
        deeds.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on('popup', () => deeds.push('popup'));
      await page.goto(address);
      await page.waitForFunction(() => document.documentElement.dataset.charts !== undefined);
      const seen = await page.evaluate(() => ({
        hostile: (window as unknown as Record<string, unknown>).hostile,
        charts: document.documentElement.dataset.charts,
        foreign: document.querySelectorAll('img, iframe, object, embed, base, [onerror], [onload], a[href^="javascript"]').length,
      }));
      expect(seen).toEqual({ hostile: undefined, charts: 'drawn', foreign: 0 });
      expect(deeds).toEqual([]);
    });
  });
});
