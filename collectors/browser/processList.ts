import { z } from 'zod';
import type { ProtocolSession } from '../protocolSession.js';

const schema = z.object({
  processInfo: z.array(z.object({ type: z.string(), id: z.number().int(), cpuTime: z.number() })),
});

/** `type` is `browser`, `renderer`, `GPU`, …; `cpuTime`: what it ran since it began, seconds. */
export type BrowserProcess = z.infer<typeof schema>['processInfo'][number];

/**
 * The processes of a running browser.
 * https://chromedevtools.github.io/devtools-protocol/tot/SystemInfo/
 * @param browser a session with the browser itself
 */
export async function processList(browser: ProtocolSession): Promise<readonly BrowserProcess[]> {
  return schema.parse(await browser.send('SystemInfo.getProcessInfo')).processInfo;
}
