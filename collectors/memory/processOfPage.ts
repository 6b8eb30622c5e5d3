import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';

const BUSY_MS = 80;
const processesSchema = z.object({
  processInfo: z.array(z.object({ type: z.string(), id: z.number().int(), cpuTime: z.number() })),
});

export interface PageProcesses {
  /** Null where the browser does not tell. */
  readonly page: number | null;
  readonly gpu: number | null;
}

/**
 * Finds which of the browser's processes runs a page, since it keeps others ready and does not say: the page is kept busy for a moment,
 * and the renderer that used most CPU meanwhile is its.
 * https://chromedevtools.github.io/devtools-protocol/tot/SystemInfo/#type-ProcessInfo
 */
export async function processOfPage(browser: Browser, page: Page): Promise<PageProcesses> {
  const cdp = await browser.newBrowserCDPSession();
  const list = async () => processesSchema.parse(await cdp.send('SystemInfo.getProcessInfo')).processInfo;
  const before = new Map((await list()).map(({ id, cpuTime }) => [id, cpuTime]));
  await page.evaluate((ms) => {
    const endMs = performance.now() + ms;
    while (performance.now() < endMs);
  }, BUSY_MS);
  const after = await list();
  await cdp.detach();
  const used = after
    .filter(({ type }) => type === 'renderer')
    .map(({ id, cpuTime }) => ({ id, seconds: cpuTime - (before.get(id) ?? 0) }))
    .sort((a, b) => b.seconds - a.seconds);
  return { page: used[0]?.id ?? null, gpu: after.find(({ type }) => type === 'GPU')?.id ?? null };
}
