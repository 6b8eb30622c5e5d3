import type { CDPSession } from 'playwright-core';
import { inertText } from '../../src/text/inertText.js';
import { browserFacts } from '../browser/browserFacts.js';
import { launchFor } from '../browser/launchFor.js';
import { CollectError } from '../collectError.js';
import type { Progress } from '../progress.js';
import type { ProtocolSession } from '../protocolSession.js';
import { within } from '../within.js';
import type { PageTarget } from './pageTarget.js';

const REQUEST_LIMIT_MS = 30_000;
const OPEN_LIMIT_MS = 60_000;
const CLOSE_LIMIT_MS = 10_000;
const ERROR_LIMIT = 300;

/**
 * A blank page in a browser of its own, that is to open a URL. It has a GPU, or one in software: what the page will ask for is not known.
 * @throws CollectError if there is no browser
 */
export async function launchPage(url: string, progress: Progress): Promise<PageTarget> {
  const launched = await launchFor('webgpu');
  const { browser } = launched;
  const close = (): Promise<void> => within(CLOSE_LIMIT_MS, browser.close()).catch(() => {});
  try {
    if (!launched.sandboxed) progress.note('Running as root: Chromium starts without its sandbox (--no-sandbox).');
    const context = await browser.newContext({ acceptDownloads: false });
    const page = await context.newPage();
    const gone = new Promise<string>((resolve) => {
      page.once('crash', () => resolve('the page crashed (out of memory, most likely)'));
      // A browser that ends closes its pages first, and says so itself a moment later.
      page.once('close', () => setTimeout(() => resolve('the page was closed'), browser.isConnected() ? 500 : 0));
      browser.once('disconnected', () => resolve('the browser ended'));
    });
    return {
      opened: 'launched',
      url,
      title: '',
      page: limited(await context.newCDPSession(page)),
      browser: limited(await browser.newBrowserCDPSession()),
      isHere: true,
      facts: await browserFacts(launched),
      notes: [],
      gone,
      async begin() {
        const response = await page.goto(url, { waitUntil: 'commit', timeout: OPEN_LIMIT_MS }).catch((error: Error) => {
          const why = error.message.split('\n')[0]!.replace(/^page\.goto: /, '');
          throw new CollectError(
            `${inertText(url)} could not be opened: ${inertText(why, ERROR_LIMIT)}. Does it open in a browser of this machine?`,
          );
        });
        if (!response || response.ok()) return [];
        return [`The server answered ${response.status()} for the page.`];
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function limited(session: CDPSession): ProtocolSession {
  // Playwright's types know every method by name; what is sent here is not known to them.
  const send = session.send as unknown as (method: string, params: object) => Promise<unknown>;
  return {
    send(method, params = {}) {
      const answer = send.call(session, method, params);
      answer.catch(() => {});
      return within(REQUEST_LIMIT_MS, answer);
    },
    on: (event, listener) => session.on(event as never, listener as never),
  };
}
