import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type * as notebook from '../../src/notebook/index.js';
import { buildHostileAnalysis } from '../report/hostile.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const executablePath = [process.env.INFERSCOPE_CHROME, process.env.CHROME_PATH, '/usr/bin/chromium'].find(
  (path) => path !== undefined && existsSync(path),
);

declare global {
  var library: typeof notebook;
}

describe.skipIf(executablePath === undefined)(
  'the library of notebooks in Chromium (set INFERSCOPE_CHROME to one if this is skipped)',
  () => {
    let browser: Browser;
    let script: string;

    beforeAll(async () => {
      const result = await build({
        absWorkingDir: ROOT,
        stdin: { contents: "export * from './src/notebook/index.ts';", resolveDir: ROOT },
        bundle: true,
        format: 'iife',
        globalName: 'library',
        platform: 'browser',
        target: 'es2022',
        write: false,
        logLevel: 'silent',
      });
      script = result.outputFiles![0]!.text;
      browser = await chromium.launch({
        executablePath: executablePath!,
        args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
      });
    });

    afterAll(() => browser?.close());

    /** A page as a notebook is one: a main of some width, in the colours of a theme. */
    async function open(colours: string): Promise<{ page: Page; deeds: string[] }> {
      const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
      const deeds: string[] = [];
      page.on('console', (message) => deeds.push(`console ${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => deeds.push(`error: ${error.message}`));
      page.on('request', (request) => deeds.push(`request: ${request.url()}`));
      page.on('dialog', (dialog) => {
        deeds.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      await page.setContent(`<style>:root{${colours}}body{margin:0;color:var(--theme-foreground)}</style><main></main>`);
      await page.addScriptTag({ content: script });
      return { page, deeds };
    }

    test('draws a chart of the report as wide as asked or as the notebook, in its colours, and loads nothing', async () => {
      for (const [background, foreground] of [
        ['rgb(255, 255, 255)', 'rgb(20, 20, 20)'],
        ['rgb(10, 20, 30)', 'rgb(230, 230, 230)'],
      ] as const) {
        const { page, deeds } = await open(`--theme-background:${background};--theme-foreground:${foreground}`);
        const drawn = await page.evaluate(async () => {
          const causes = ['isa.simd128', 'runtime.gc'].map((id, i) => ({
            ...{ id, title: id, meaning: '', evidence: '', ms: 10, ci95Ms: [9, 11] as const, share: i === 0 ? 0.75 : 0.25 },
          }));
          const chart = library.partitionChart([{ label: 'all', causes, length: 20 }], 'ms', 'Where it goes.');
          const [asked, own] = [
            await library.draw(chart, { width: 400, legend: library.causeLegend(['runtime.gc']) }),
            await library.draw(chart),
          ];
          document.querySelector('main')!.append(asked, own);
          const bar = asked.querySelector('.mark-rect.role-mark > path')!;
          return {
            widths: [asked, own].map((each) => Math.round(each.querySelector('svg')!.getBoundingClientRect().width)),
            bars: asked.querySelectorAll('.mark-rect.role-mark > path').length,
            stroke: getComputedStyle(bar).stroke,
            label: asked.querySelector('[role="img"]')!.getAttribute('aria-label'),
            legend: asked.querySelector('li')!.textContent,
            text: getComputedStyle(asked.querySelector('svg text')!).fill,
          };
        });
        expect(drawn).toMatchObject({ bars: 2, label: 'Where it goes.', legend: 'Garbage collection', stroke: background });
        expect(drawn.widths).toEqual([400, 800]);
        expect(drawn.text).toBe(foreground);
        expect(deeds).toEqual([]);
        await page.close();
      }
    });

    test('shows hostile names as text, in the chart and under the pointer', async () => {
      const { page, deeds } = await open('--theme-background:#fff;--theme-foreground:#000');
      const { wasm } = buildHostileAnalysis();
      await page.evaluate(async (functions) => {
        document.querySelector('main')!.append(await library.draw(library.functionsChart(functions)));
      }, wasm!.functions);
      await page.hover('.mark-rect.role-mark > path');
      await page.waitForSelector('#tooltip:not([hidden])');
      expect(
        await page.evaluate(() => document.querySelectorAll('main script, main img, #tooltip script, #tooltip img').length),
      ).toBe(0);
      expect(await page.evaluate(() => getComputedStyle(document.getElementById('tooltip')!).position)).toBe('fixed');
      expect(deeds).toEqual([]);
      await page.close();
    });
  },
);
