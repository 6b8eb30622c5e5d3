import type { Manifest } from '../../src/bundle/manifest.js';
import type { LaunchedBrowser } from './launchBrowser.js';
import { ownFacts } from './ownFacts.js';
import { whileThere } from './whileThere.js';

/** Product, command line and GPU of a browser that we launched. */
export async function browserFacts({
  browser,
  executable,
  sandboxed,
}: LaunchedBrowser): Promise<NonNullable<Manifest['browser']>> {
  const cdp = await whileThere(browser, browser.newBrowserCDPSession());
  try {
    return { ...(await whileThere(browser, ownFacts(cdp))), executable, headless: true, sandboxed };
  } finally {
    await cdp.detach().catch(() => {});
  }
}
