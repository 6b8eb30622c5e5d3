import type { Browser } from 'playwright-core';
import { type BrowserProcess, processList } from './processList.js';
import { whileThere } from './whileThere.js';

/** The processes of a browser that we launched. */
export async function browserProcesses(browser: Browser): Promise<readonly BrowserProcess[]> {
  const ask = async (): Promise<readonly BrowserProcess[]> => {
    const cdp = await browser.newBrowserCDPSession();
    const processes = await processList(cdp);
    await cdp.detach();
    return processes;
  };
  return whileThere(browser, ask());
}
