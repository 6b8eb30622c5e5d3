import type { Browser } from 'playwright-core';

/** The processes of a running browser; `type` is `browser`, `renderer`, `GPU`, … https://chromedevtools.github.io/devtools-protocol/tot/SystemInfo/ */
export async function browserProcesses(browser: Browser): Promise<readonly { readonly id: number; readonly type: string }[]> {
  const cdp = await browser.newBrowserCDPSession();
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
  await cdp.detach();
  return processInfo;
}
