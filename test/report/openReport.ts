import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { clientBundle } from './clientBundle.js';

/** The browser that tests of the report are made in; undefined where there is none. */
export const executablePath = [process.env.INFERSCOPE_CHROME, process.env.CHROME_PATH, '/usr/bin/chromium'].find(
  (path) => path !== undefined && existsSync(path),
);

export interface Opened {
  readonly page: Page;
  /** What a report must not do: complain, ask, or reach out. */
  readonly deeds: string[];
}

/**
 * Opens reports from their files in one browser, which lives as long as the tests around this call.
 * @param render makes a report, with the bundled script
 */
export function reports<Analyses>(render: (analyses: Analyses, client: string) => string): {
  open(analyses: Analyses, width: number, height?: number): Promise<Opened>;
  client(): string;
} {
  let browser: Browser;
  let client: string;
  const folder = mkdtempSync(join(tmpdir(), 'inferscope-report-'));

  beforeAll(async () => {
    client = await clientBundle();
    browser = await chromium.launch({ executablePath: executablePath!, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  return {
    client: () => client,
    async open(analyses, width, height = 900) {
      const file = join(folder, 'report.html');
      writeFileSync(file, render(analyses, client));
      const page = await browser.newPage({ viewport: { width, height } });
      const deeds: string[] = [];
      page.on('console', (message) => deeds.push(`console ${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => deeds.push(`error: ${error.message}`));
      page.on('request', (request) => request.url() !== pathToFileURL(file).href && deeds.push(`request: ${request.url()}`));
      page.on('dialog', (dialog) => {
        deeds.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on('popup', () => deeds.push('popup'));
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) =>
          console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
        );
      });
      await page.goto(pathToFileURL(file).href);
      await page.waitForFunction(() => document.documentElement.dataset.charts !== undefined);
      expect(await page.evaluate(() => document.documentElement.dataset.charts)).toBe('drawn');
      return { page, deeds };
    },
  };
}
