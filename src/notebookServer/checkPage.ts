import { pathToFileURL } from 'node:url';
import { launchBrowser } from '../../collectors/browser/launchBrowser.js';
import { whileConnected } from '../../collectors/browser/whileConnected.js';
import { STATE_ATTRIBUTE } from './settledCells.js';

export interface CheckedPage {
  /** Cells that failed, by their number. */
  readonly errors: readonly { readonly cell: number; readonly message: string }[];
  /** Numbers of the cells that were still running in the end. */
  readonly running: readonly number[];
  /** What the page asked of the network. */
  readonly requests: readonly string[];
}

const LIMIT_MS = 120_000;
/** A cell that is done may start others. */
const QUIET_MS = 500;

/**
 * Opens a page in one file as its reader will, from the disk, and waits until its cells are done.
 * @throws CollectError if there is no browser
 */
export async function checkPage(file: string): Promise<CheckedPage> {
  const { browser } = await launchBrowser();
  try {
    const page = await whileConnected(browser, browser.newPage());
    const requests: string[] = [];
    page.on('request', (request) => {
      if (!/^(file|data|blob):/.test(request.url())) requests.push(request.url());
    });
    await page.goto(pathToFileURL(file).href, { timeout: LIMIT_MS });
    const found = await whileConnected(browser, page.evaluate(cellsOf, { attribute: STATE_ATTRIBUTE, LIMIT_MS, QUIET_MS }));
    return { ...found, requests: [...new Set(requests)] };
  } finally {
    await browser.close();
  }
}

/** Runs in the page: it sees nothing of this file. */
async function cellsOf({
  attribute,
  LIMIT_MS,
  QUIET_MS,
}: {
  attribute: string;
  LIMIT_MS: number;
  QUIET_MS: number;
}): Promise<Pick<CheckedPage, 'errors' | 'running'>> {
  const numberOf = (element: Element): number => Number(element.closest('[id^="cell-"]')?.id.slice('cell-'.length) ?? 0);
  const numbers = (selector: string): number[] => Array.from(document.querySelectorAll(selector), numberOf);
  const startedMs = performance.now();
  let quietSinceMs = startedMs;
  while (performance.now() - startedMs < LIMIT_MS) {
    if (numbers(`[${attribute}="pending"]`).length > 0) quietSinceMs = performance.now();
    if (performance.now() - quietSinceMs > QUIET_MS) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    errors: Array.from(document.querySelectorAll('.observablehq--error'), (element) => ({
      cell: numberOf(element),
      message: element.textContent ?? '',
    })),
    running: numbers(`[${attribute}="pending"]`),
  };
}
