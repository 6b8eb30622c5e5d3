import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { renderStudyReport } from '../../../src/report/study/renderStudyReport.js';
import { executablePath, reports } from '../openReport.js';
import { buildFailedStudyAnalysis, buildStudyAnalysis } from './buildStudyAnalysis.js';
import { buildHostileStudyAnalysis } from './hostileStudy.js';

describe.skipIf(executablePath === undefined)(
  'a study’s report in Chromium (set INFERSCOPE_CHROME to one if this is skipped)',
  () => {
    const { open } = reports(renderStudyReport);

    /** How many marks each chart has, by the word its description begins with. */
    const marks = (page: Page) =>
      page.evaluate(() =>
        [...document.querySelectorAll('[data-chart]')].map((place) => [
          place.getAttribute('aria-label')!.split(' ')[0]!,
          place.querySelectorAll('.mark-rect.role-mark > path').length,
          place.querySelectorAll('.mark-symbol.role-mark > path').length,
        ]),
      );

    test.each([360, 1200])('draws every chart and does not overflow at %s px', async (width) => {
      const { page, deeds } = await open(buildStudyAnalysis(), width);
      expect(await marks(page)).toEqual([
        ['Prediction', 0, 9],
        // Two bars for ORT, three for TF.js, of each model; one model lacks nothing.
        ['Latency', 15, 0],
        ['Causes', 12, 0],
        ['Causes', 12, 0],
        ['Causes', 12, 0],
        ['Memory', 0, 9],
      ]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
      expect(deeds).toEqual([]);
      await page.close();
    });

    test.each([360, 1200])('does nothing that hostile text asks for at %s px', async (width) => {
      const { page, deeds } = await open(buildHostileStudyAnalysis(), width);
      const seen = await page.evaluate(() => ({
        hostile: (window as unknown as Record<string, unknown>).hostile,
        scripts: document.scripts.length,
        foreign: [...document.querySelectorAll('img, iframe, object, embed, link, base, foreignObject')].length,
        links: [...document.querySelectorAll('a')].map((link) => link.getAttribute('href')),
        overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      }));
      expect(seen).toEqual({ hostile: undefined, scripts: 3, foreign: 0, links: ['#notes'], overflow: 0 });
      expect((await marks(page)).every(([, bars, points]) => Number(bars) + Number(points) > 0)).toBe(true);
      expect(deeds).toEqual([]);
      await page.close();
    });

    test('says of a study that only failed what failed', async () => {
      const { page, deeds } = await open(buildFailedStudyAnalysis(), 1200);
      expect(await page.locator('#findings').textContent()).toContain('No run has succeeded yet');
      expect(await page.locator('#failures').textContent()).toContain('There is no browser.');
      expect(await marks(page)).toEqual([]);
      expect(deeds).toEqual([]);
      await page.close();
    });
  },
);
