import { readFileSync } from 'node:fs';
import axe, { type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { type Analysis, analyze } from '../../analyzers/index.js';
import { loadInput } from '../../src/loadInput.js';
import { renderReport } from '../../src/report/renderReport.js';
import { unpackRecorded } from '../bundle/unpackRecorded.js';
import { buildAnalysis, buildTraceAnalysis } from './buildAnalysis.js';
import { buildGpuAnalysis } from './buildGpuAnalysis.js';
import { buildPage } from './buildPage.js';
import { buildHostileAnalysis, buildHostileGpuAnalysis } from './hostile.js';
import { executablePath, reports } from './openReport.js';

const recordedRun = async (): Promise<Analysis> => analyze(await loadInput(await unpackRecorded('ppocr-det-worker')));

/** A page that was watched, with scripts of its own. */
const buildPageAnalysis = (): Analysis => buildAnalysis({ run: null, page: buildPage(), latency: null, gap: null });

describe.skipIf(executablePath === undefined)('the report in Chromium (set INFERSCOPE_CHROME to one if this is skipped)', () => {
  const { open, client } = reports(renderReport);

  /** How many marks each chart has, by the word its description begins with. */
  const marks = (page: Page) =>
    page.evaluate(() =>
      Object.fromEntries(
        [...document.querySelectorAll('[data-chart]')].map((place) => [
          place.getAttribute('aria-label')!.split(' ').slice(0, 2).join(' '),
          {
            bars: place.querySelectorAll('.mark-rect.role-mark > path').length,
            points: place.querySelectorAll('.mark-symbol.role-mark > path').length,
            rules: place.querySelectorAll('.mark-rule.role-mark > line').length,
          },
        ]),
      ),
    );

  test('draws every chart with a mark per row of its data, and complains about nothing', async () => {
    const { page, deeds } = await open(buildAnalysis(), 1200);
    expect(await marks(page)).toEqual({
      'Where the': { bars: 11, points: 0, rules: 0 },
      'Roofline of': { bars: 0, points: 2, rules: 0 },
      'Compile work': { bars: 5, points: 0, rules: 0 },
      'Every prediction': { bars: 97, points: 3, rules: 3 },
      'Latency phases': { bars: 0, points: 6, rules: 6 },
      'From native': { bars: 7, points: 0, rules: 5 },
      'Self time': { bars: 17, points: 0, rules: 0 },
      'One window': { bars: 9, points: 0, rules: 0 },
    });
    expect(deeds).toEqual([]);
    await page.close();
  });

  test('shows what is under the pointer as text', async () => {
    const { page, deeds } = await open(buildHostileAnalysis(), 1200);
    const bars = page.locator('#answer [data-chart] .mark-rect.role-mark > path');
    for (let i = 0; i < (await bars.count()); i += 3) {
      await bars.nth(i).dispatchEvent('pointermove', { bubbles: true });
      await bars.nth(i).hover({ force: true });
    }
    await expect.poll(() => page.locator('#tooltip dd').count()).toBe(4);
    expect(await page.locator('#tooltip dd *, #tooltip dt *').count()).toBe(0);
    expect(deeds).toEqual([]);
    await page.close();
  });

  test('draws the charts of a GPU run, and unfolds the stack of a call', async () => {
    const { page, deeds } = await open(buildGpuAnalysis(), 1200);
    expect(await marks(page)).toMatchObject({
      'Where the': { bars: 12, points: 0, rules: 0 },
      'Warm-up of': { bars: 12, points: 0, rules: 0 },
    });
    await page.locator('#code > summary').click();
    const place = page.locator('#gpu summary').first();
    await place.click();
    expect(await page.locator('#gpu details[open] li').first().textContent()).toContain('run (https://shop.example/ort.min.mjs');
    expect(deeds).toEqual([]);
    await page.close();
  });

  test.each([
    [360, 'a run', buildHostileAnalysis],
    [1200, 'a run', buildHostileAnalysis],
    [360, 'a GPU run', buildHostileGpuAnalysis],
    [1200, 'a GPU run', buildHostileGpuAnalysis],
  ] as const)('does nothing that hostile text asks for, and does not overflow at %s px, of %s', async (width, _, build) => {
    const { page, deeds } = await open(build(), width);
    const seen = await page.evaluate(() => ({
      hostile: (window as unknown as Record<string, unknown>).hostile,
      scripts: document.scripts.length,
      foreign: [
        ...document.querySelectorAll(
          'img, iframe, object, embed, form:not(.vega-bindings), link, base, a:not([href^="#"], [href^="https://ui.perfetto.dev/#!/?visStart="]), foreignObject',
        ),
      ].map((element) => element.outerHTML.slice(0, 99)),
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      address: location.hash,
    }));
    expect(seen).toEqual({ hostile: undefined, scripts: 3, foreign: [], overflow: 0, address: '' });
    expect(Object.values(await marks(page)).every(({ bars, points }) => bars + points > 0)).toBe(true);
    expect(deeds).toEqual([]);
    await page.close();
  });

  test('draws the charts again where the page gets narrower, inside their places', async () => {
    const { page } = await open([buildAnalysis(), buildTraceAnalysis(), buildAnalysis()], 1200);
    const widest = () =>
      page.evaluate(() => Math.max(...[...document.querySelectorAll('.chart svg')].map((svg) => svg.clientWidth)));
    expect(await widest()).toBeGreaterThan(800);
    const unfold = () => {
      for (const group of document.querySelectorAll('details')) group.open = true;
    };
    await page.evaluate(unfold);
    await page.setViewportSize({ width: 360, height: 800 });
    await expect.poll(widest).toBeLessThanOrEqual(328);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await page.close();
  });

  test('unfolds what a link leads to, and all of it for print', async () => {
    const { page } = await open(buildAnalysis(), 1300);
    const folded = () =>
      page.evaluate(() => [...document.querySelectorAll<HTMLDetailsElement>('details.group')].filter(({ open }) => !open).length);
    const all = await folded();
    expect(all).toBeGreaterThan(3);
    await page.locator('.contents a[href="#trace"]').click();
    await expect.poll(() => page.locator('#data').getAttribute('open')).toBe('');
    expect(await folded()).toBe(all - 1);
    const top = await page.locator('#trace').evaluate((section) => section.getBoundingClientRect().top);
    expect(top).toBeLessThan(900);
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    expect(await folded()).toBe(0);
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    expect(await folded()).toBe(all - 1);
    await page.setViewportSize({ width: 390, height: 844 });
    await expect.poll(() => page.locator('.contents').getAttribute('open')).toBeNull();
    await page.close();
  });

  test('is whole on paper: on A4 no table is cut off, and what is for the screen is left out', async () => {
    const { page } = await open(buildAnalysis(), 680);
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('table')]
        .filter((table) => table.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
        .map(({ caption }) => caption?.textContent),
    );
    expect(cut).toEqual([]);
    expect(await page.locator('.tools:visible, .copy:visible, input:visible, .flame:visible').count()).toBe(0);
    await page.close();
  });

  test('sorts and filters the rows of a long table, shows all of them, and gives them as CSV', async () => {
    const processes = Array.from({ length: 30 }, (_, i) => ({ pid: i + 1, name: `process ${i + 1}`, threads: (7 * i) % 31 }));
    const analysis = buildTraceAnalysis();
    const { page, deeds } = await open({ ...analysis, trace: { ...analysis.trace!, processes } }, 1300);
    await page.evaluate(() => {
      location.hash = '#trace';
    });
    await page.locator('#trace .fold > summary').click();
    const table = page.locator('#trace table', { has: page.locator('caption', { hasText: 'Processes' }) });
    const tools = page.locator('#trace .tools').last();
    const rows = () => table.locator('tbody tr:visible').allTextContents();
    expect(await rows()).toHaveLength(20);
    await table.getByRole('button', { name: 'Threads' }).click();
    const most = (await table.locator('tbody tr:visible td:last-child').allTextContents()).map(Number);
    expect(most).toEqual(
      processes
        .map(({ threads }) => threads)
        .sort((a, b) => b - a)
        .slice(0, 20),
    );
    expect(await table.locator('th[aria-sort]').getAttribute('aria-sort')).toBe('descending');
    await tools.getByRole('button', { name: 'All 30 rows' }).click();
    expect(await rows()).toHaveLength(30);
    await tools.getByRole('searchbox').fill('PROCESS 29');
    expect(await rows()).toHaveLength(1);
    const [file] = await Promise.all([page.waitForEvent('download'), tools.getByRole('button', { name: 'CSV' }).click()]);
    expect(file.suggestedFilename()).toBe('processes.csv');
    const lines = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\n');
    expect(lines[0]).toBe('process,pid,threads');
    expect(lines.slice(1).sort()).toEqual(processes.map(({ name, pid, threads }) => `${name},${pid},${threads}`).sort());
    expect(deeds).toEqual([]);
    await page.close();
  });

  test('draws call stacks when they are unfolded: by the mouse and by the keyboard a reader zooms, goes around and searches', async () => {
    const { page, deeds } = await open(buildAnalysis(), 1200);
    const boxes = page.locator('.flame [role=treeitem]');
    expect(await boxes.count()).toBe(0);
    await page.locator('#code > summary').click();
    await expect
      .poll(() => boxes.allTextContents())
      .toEqual([...['window', 'infer', 'run', 'wasm-function[0]', 'wasm-function[2]', 'rank', 'Garbage collection']]);
    const width = async (name: string) => (await boxes.filter({ hasText: name }).boundingBox())!.width;
    const whole = await width('window');
    expect((await width('wasm-function[0]')) / whole).toBeCloseTo(12 / 22, 1);
    expect(await boxes.filter({ hasText: 'rank' }).getAttribute('aria-label')).toMatch(
      /^rank, time 6\.00 ms, 27\.\d %, own time 4\.00 ms, counts for .+, in worker\.js:7$/,
    );
    await boxes.filter({ hasText: 'wasm-function[0]' }).hover();
    await expect.poll(() => page.locator('#tooltip').textContent()).toContain('12.0 ms');
    await boxes.filter({ hasText: 'rank' }).click();
    expect((await width('rank')) / whole).toBeCloseTo(1, 2);
    expect(await boxes.filter({ hasText: 'wasm-function' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect.poll(() => boxes.count()).toBe(7);
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    for (const key of ['Home', 'ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowRight'])
      await page.keyboard.press(key);
    expect(await focused()).toBe('wasm-function[2]');
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe('run');
    await page.locator('.flame input').fill('WASM');
    expect(await page.locator('.flame > .more').textContent()).toContain('2 boxes, together 72.7 % of the time');
    expect(await page.locator('.flame .other').count()).toBe(5);
    await page.getByRole('button', { name: 'One window' }).click();
    expect((await width('wasm-function[0]')) / whole).toBeCloseTo(14 / 24, 1);
    expect(await page.locator('.flame [tabindex="0"]').count()).toBe(1);
    expect(deeds).toEqual([]);
    await page.close();
  });

  test('copies a command as it stands', async () => {
    const { page, deeds } = await open(buildAnalysis(), 1200);
    const asked = page.locator('.further > div', { hasText: 'Record it again' });
    const command = await asked.locator('code').textContent();
    await asked.getByRole('button').click();
    await expect.poll(() => asked.getByRole('button').textContent()).toBe('Copied');
    await page.evaluate(() => document.body.prepend(document.createElement('textarea')));
    await page.locator('textarea').focus();
    await page.keyboard.press('ControlOrMeta+V');
    expect(await page.locator('textarea').inputValue()).toBe(command);
    expect(deeds).toEqual([]);
    await page.close();
  });

  test.each([
    ['a run', recordedRun],
    ['a page', async () => buildPageAnalysis()],
  ] as const)('lacks nothing that axe looks for, of %s, and dark has its contrasts too', async (_, analysisOf) => {
    const { page } = await open(await analysisOf(), 1200);
    await page.evaluate(() => {
      for (const group of document.querySelectorAll('details')) group.open = true;
    });
    await page.waitForSelector('.flame [role=treeitem]');
    await page.evaluate(axe.source);
    const lacks = (options: RunOptions) =>
      page.evaluate(async (rules) => {
        const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(rules);
        return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 200))}`);
      }, options);
    expect(await lacks({ resultTypes: ['violations'] })).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await lacks({ resultTypes: ['violations'], runOnly: ['color-contrast'] })).toEqual([]);
    await page.close();
  });

  test('needs no more than the bundle that fits a report', () => {
    expect(client().length).toBeLessThan(1_000_000);
    expect(renderReport(buildAnalysis(), client()).length).toBeLessThan(1_500_000);
  });
});
