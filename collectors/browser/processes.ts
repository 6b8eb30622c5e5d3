import type { Browser } from 'playwright-core';
import { z } from 'zod';
import type { ProtocolSession } from '../protocolSession.js';
import { whileConnected } from './whileConnected.js';

const schema = z.object({
  processInfo: z.array(z.object({ type: z.string(), id: z.number().int(), cpuTime: z.number() })),
});

/** `type` is `browser`, `renderer`, `GPU`, …; `cpuTime` is its CPU time since its start, in seconds. */
export type BrowserProcess = z.infer<typeof schema>['processInfo'][number];

/**
 * The processes of a running browser.
 * https://chromedevtools.github.io/devtools-protocol/tot/SystemInfo/
 * @param browser a session with the browser itself
 */
export async function processList(browser: ProtocolSession): Promise<readonly BrowserProcess[]> {
  return schema.parse(await browser.send('SystemInfo.getProcessInfo')).processInfo;
}

/** The processes of a launched browser. */
export async function browserProcesses(browser: Browser): Promise<readonly BrowserProcess[]> {
  const ask = async (): Promise<readonly BrowserProcess[]> => {
    const cdp = await browser.newBrowserCDPSession();
    const processes = await processList(cdp);
    await cdp.detach();
    return processes;
  };
  return whileConnected(browser, ask());
}
