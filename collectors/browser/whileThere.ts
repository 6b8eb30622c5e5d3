import type { Browser } from 'playwright-core';
import { CollectError } from '../collectError.js';
import { LimitError } from '../limitError.js';
import { within } from '../within.js';

/** Far beyond what a browser takes to open a page, or to answer what it knows, on a busy machine. */
const ANSWER_LIMIT_MS = 60_000;
export const BROWSER_ENDED = 'The browser ended while the run was going on.';

/**
 * Waits for what a browser that we launched was asked for, but no longer than the browser is there: of three `newPage()` that are under way when
 * their browser is killed, Playwright 1.65 leaves one waiting for good.
 * @throws CollectError when the browser ends, in these words whatever Playwright says of it, or does not answer
 */
export async function whileThere<T>(browser: Browser, work: Promise<T>): Promise<T> {
  let end = (): void => {};
  const ended = new Promise<never>((_, reject) => {
    end = () => reject(new CollectError(BROWSER_ENDED));
  });
  browser.once('disconnected', end);
  if (!browser.isConnected()) end();
  try {
    return await within(ANSWER_LIMIT_MS, Promise.race([work, ended]));
  } catch (error) {
    if (error instanceof LimitError) throw new CollectError(`The browser did not answer for ${ANSWER_LIMIT_MS / 1000} s.`);
    // Playwright adds pages of the browser’s log, and may say so before the browser counts as gone.
    throw /has been closed/.test((error as Error).message) ? new CollectError(BROWSER_ENDED) : error;
  } finally {
    browser.off('disconnected', end);
  }
}
