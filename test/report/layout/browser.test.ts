import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { type Analysis, analyze } from '../../../analyzers/index.js';
import type { Operator } from '../../../analyzers/operators/operators.js';
import { loadInput } from '../../../src/loadInput.js';
import { renderReport } from '../../../src/report/renderReport.js';
import { unpackRecorded } from '../../bundle/unpackRecorded.js';
import { buildAnalysis } from '../buildAnalysis.js';
import { executablePath, reports } from '../openReport.js';

/** Pixels: a wide screen, and a phone. */
const WIDE = 1280;
const PHONE = { width: 390, height: 844 } as const;
/** Of a page whose groups are folded. */
const MOST_HEIGHT = 2700;

const recorded = async (name: string): Promise<Analysis> => analyze(await loadInput(await unpackRecorded(name)));

/** As many operators as a large model has, of three kinds. */
function manyOperators(): Analysis {
  const analysis = buildAnalysis();
  const [first, second, third] = analysis.kernels;
  const kernels = Array.from({ length: 400 }, (_, i): Operator => {
    const like = [first!, second!, third!][i % 3]!;
    const couldSaveMs = like.couldSaveMs === null ? null : ((i * 7) % 101) / 10;
    return { ...like, name: `operator ${i}`, ms: 12 + (i % 17), couldSaveMs };
  });
  return { ...analysis, kernels };
}

describe.skipIf(executablePath === undefined)('the layout of the report', () => {
  const { open } = reports(renderReport);

  const unfoldAll = (page: Page) =>
    page.evaluate(() => {
      for (const each of document.querySelectorAll('details')) each.open = true;
    });

  /** Tables that are wider than their column, by their captions. */
  const tooWide = (page: Page) =>
    page.evaluate(() =>
      [...document.querySelectorAll('.scroll')]
        .filter((frame) => frame.scrollWidth > frame.clientWidth + 1)
        .map((frame) => `${frame.getAttribute('aria-label')}: ${frame.scrollWidth} of ${frame.clientWidth}`),
    );
  const overflow = (page: Page) =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  test.each(['ppocr-det-worker', 'mobilenet-v2-webgl'])(
    'of %s fits: short while folded, with an action on the first screen of a phone, and no table wider than its column',
    async (name) => {
      const analysis = await recorded(name);
      const { page, deeds } = await open(analysis, WIDE);
      expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(MOST_HEIGHT);
      const figures = await page.locator('.group > summary .more').allTextContents();
      expect(figures).toHaveLength(await page.locator('.group').count());
      expect(figures.every((figure) => figure.trim() !== '')).toBe(true);
      await unfoldAll(page);
      expect(await tooWide(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await page.setViewportSize(PHONE);
      await page.reload();
      await page.waitForFunction(() => document.documentElement.dataset.charts !== undefined);
      const step = await page.locator('.steps > li').first().boundingBox();
      expect(step!.y + Math.min(step!.height, 48)).toBeLessThanOrEqual(PHONE.height);
      await unfoldAll(page);
      expect(await overflow(page)).toBe(0);
      expect(await tooWide(page)).toEqual([]);
      expect(deeds).toEqual([]);
      await page.close();
    },
  );

  test('operators unfold from their kind, are sorted, filtered and chosen, one by one too, and all of them are had as CSV', async () => {
    const { page, deeds } = await open(manyOperators(), WIDE);
    await page.locator('#code > summary').click();
    const section = page.locator('#kernels');
    const rows = () => section.locator('tbody tr:visible').count();
    const saved = async () =>
      (await section.locator('tbody tr.in-group:visible td:nth-of-type(1)').allTextContents()).map(Number.parseFloat);
    expect(await rows()).toBe(3);
    expect(await tooWide(page)).toEqual([]);
    await section.getByRole('button', { name: 'Depthwise convolutions' }).click();
    expect(await rows()).toBe(3 + 134);
    await section.getByRole('searchbox').fill('operator 39');
    expect(await section.locator('output').textContent()).toBe('11 of 400');
    await section.getByRole('combobox', { name: 'Kind' }).selectOption({ label: 'resizings' });
    expect(await section.locator('output').textContent()).toBe('3 of 400');
    await section.getByRole('searchbox').fill('');
    await section.getByRole('combobox', { name: 'Kind' }).selectOption({ index: 0 });
    await section.getByRole('button', { name: 'All 400 one by one' }).click();
    expect(await rows()).toBe(400);
    const first = (await saved()).filter((ms) => !Number.isNaN(ms));
    expect(first).toEqual([...first].sort((a, b) => b - a));
    await section.getByRole('button', { name: 'Could save, at most' }).click();
    const again = (await saved()).filter((ms) => !Number.isNaN(ms));
    expect(again).toEqual([...first].reverse());
    await section.getByRole('button', { name: 'In groups' }).click();
    expect(await rows()).toBe(3 + 134);
    await section.getByRole('button', { name: 'More columns' }).click();
    expect(await section.locator('thead th:visible').allTextContents()).toEqual(
      expect.arrayContaining(['Output', 'GB/s', 'Bound by']),
    );
    const [file] = await Promise.all([page.waitForEvent('download'), section.getByRole('button', { name: 'CSV' }).click()]);
    const lines = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\n');
    expect(lines).toHaveLength(401);
    expect(lines[0]).toMatch(/^name,couldSaveMs,ms,share,nativeMs,ratio,roofMs,functions,operator,kind,shape,/);
    expect(deeds).toEqual([]);
    await page.close();
  });

  test('a word of the glossary tells its meaning to pointer and keyboard, and is let go by Escape', async () => {
    const { page, deeds } = await open(buildAnalysis(), WIDE);
    const term = page.locator('#answer .term').first();
    const meaning = page.locator('#meaning');
    await term.hover();
    expect(((await meaning.textContent()) ?? '').length).toBeGreaterThan(20);
    await page.mouse.move(1, 1);
    expect(await meaning.isVisible()).toBe(false);
    await term.focus();
    expect(await meaning.isVisible()).toBe(true);
    expect(await term.getAttribute('aria-describedby')).toBe('meaning');
    await page.keyboard.press('Escape');
    expect(await meaning.isVisible()).toBe(false);
    const words = await page
      .locator('#answer .term')
      .evaluateAll((terms) => terms.map((each) => (each as HTMLElement).dataset.word));
    expect(new Set(words).size).toBe(words.length);
    expect(deeds).toEqual([]);
    await page.close();
  });
});
