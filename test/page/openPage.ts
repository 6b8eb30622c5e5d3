import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Frame, type Page } from 'playwright-core';
import { findBrowser } from '../../collectors/browser/findBrowser.js';
import { runTrace } from '../cli/runTrace.js';

/** The page as a user has it: written by the command, opened from disk. */
export interface OpenedPage {
  readonly page: Page;
  /** What it must not do: complain, ask, or reach out. */
  readonly deeds: string[];
}

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: findBrowser()!.executable, chromiumSandbox: process.getuid?.() !== 0 });

/** @returns the address of the page */
export async function writePage(folder: string): Promise<string> {
  const out = join(folder, 'inferscope.html');
  const { code, stderr } = await runTrace(['page', '--out', out]);
  if (code !== 0) throw new Error(stderr);
  return pathToFileURL(out).href;
}

export async function openPage(browser: Browser, address: string): Promise<OpenedPage> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const deeds: string[] = [];
  page.on('console', (message) => deeds.push(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => deeds.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (request.url() !== address && !request.url().startsWith('blob:')) deeds.push(`request: ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    deeds.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', () => deeds.push('popup'));
  await page.goto(address);
  return { page, deeds };
}

/** What the page made of files: the JSON that it saves, and its report; or why it refused them. */
export type Given = { readonly json: string; readonly report: Frame; readonly leftOut: string } | { readonly refused: string };

/** Gives files, or one folder, to the page, as its dialogs do. */
export async function give(page: Page, paths: readonly string[], dialog: 'files' | 'folder' = 'files'): Promise<Given> {
  // Frames of a page that is covered by another are not laid out.
  await page.bringToFront();
  if (await page.locator('#again').isVisible()) await page.locator('#again').click();
  await page.locator(`#${dialog}`).setInputFiles([...paths]);
  return shown(page);
}

/** Waits for what the page makes of what it was given. */
export async function shown(page: Page): Promise<Given> {
  await page.waitForFunction(() => document.documentElement.dataset.state !== 'work');
  const refused = page.locator('#refused');
  if (await refused.isVisible()) return { refused: await refused.innerText() };
  const downloading = page.waitForEvent('download');
  await page.locator('#save-json').click();
  const json = await readFile(await (await downloading).path(), 'utf8');
  const element = await page.locator('#report').elementHandle();
  const report = (await element!.contentFrame())!;
  await report.waitForFunction(() => document.documentElement.dataset.charts !== undefined);
  const leftOut = page.locator('#left-out');
  return { json, report, leftOut: (await leftOut.isVisible()) ? await leftOut.innerText() : '' };
}

/** The large figures of a report, with what stands below them. */
export const figuresOf = (report: Frame | Page): Promise<string[]> => report.locator('.figures dd').allTextContents();

/** What hostile text would leave in a document that took it for more. */
export const hostileIn = (report: Frame): Promise<unknown> =>
  report.evaluate(() => ({
    hostile: (window as unknown as Record<string, unknown>).hostile,
    foreign: document.querySelectorAll('img, iframe, object, embed, base, [onerror], [onload], a[href^="javascript"]').length,
  }));
