import type { Browser, CDPSession } from 'playwright-core';
import { CollectError } from '../collectError.js';
import { askBrowser, type ProtocolSession } from '../protocolSession.js';
import { keepAsking, signsOfLife, whileProgress } from '../whileProgress.js';
import { LimitError } from '../within.js';

/** A busy machine's browser may take long to open a page, and answers other questions meanwhile. */
const ANSWER = { what: 'The browser’s answer', silenceMs: 60_000, capMs: 5 * 60_000 };
export const BROWSER_ENDED = 'The browser ended while the run was going on.';

/**
 * Waits for an answer of a launched browser, and fails when the browser ends. Playwright 1.65 alone does not: if the browser is
 * killed during three `newPage()` calls, one of them never returns.
 * @throws CollectError when the browser ends, answers nothing for long, or does not do this within the cap
 */
export async function whileConnected<T>(browser: Browser, work: Promise<T>): Promise<T> {
  let end = (): void => {};
  const ended = new Promise<never>((_, reject) => {
    end = () => reject(new CollectError(BROWSER_ENDED));
  });
  browser.once('disconnected', end);
  if (!browser.isConnected()) end();
  const signs = signsOfLife();
  const sessions: Promise<CDPSession>[] = [];
  const stopAsking = keepAsking(async () => {
    if (sessions.length === 0) sessions.push(browser.newBrowserCDPSession());
    await askBrowser((await sessions[0]) as ProtocolSession);
  }, signs);
  try {
    return await whileProgress(ANSWER, signs)(Promise.race([work, ended]));
  } catch (error) {
    if (error instanceof LimitError) throw new CollectError(`${error.message}.`);
    // Playwright’s message contains pages of the browser’s log, and may come before the browser counts as disconnected.
    throw /has been closed/.test((error as Error).message) ? new CollectError(BROWSER_ENDED) : error;
  } finally {
    stopAsking();
    browser.off('disconnected', end);
    for (const session of sessions) session.then((one) => one.detach()).catch(() => {});
  }
}
