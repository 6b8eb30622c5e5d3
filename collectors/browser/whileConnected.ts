import type { Browser } from 'playwright-core';
import { CollectError } from '../collectError.js';
import { LimitError, within } from '../within.js';

/** Far longer than a busy machine's browser takes to open a page or to answer. */
const ANSWER_LIMIT_MS = 60_000;
export const BROWSER_ENDED = 'The browser ended while the run was going on.';

/**
 * Waits for an answer of a launched browser, and fails when the browser ends. Playwright 1.65 alone does not: if the browser is
 * killed during three `newPage()` calls, one of them never returns.
 * @throws CollectError when the browser ends or does not answer
 */
export async function whileConnected<T>(browser: Browser, work: Promise<T>): Promise<T> {
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
    // Playwright’s message contains pages of the browser’s log, and may come before the browser counts as disconnected.
    throw /has been closed/.test((error as Error).message) ? new CollectError(BROWSER_ENDED) : error;
  } finally {
    browser.off('disconnected', end);
  }
}
