import { z } from 'zod';
import type { ProtocolSession } from '../protocolSession.js';

const schema = z.object({ processInfo: z.array(z.object({ type: z.string(), id: z.number().int() })) });

/**
 * The processes of a running browser; `type` is `browser`, `renderer`, `GPU`, …
 * https://chromedevtools.github.io/devtools-protocol/tot/SystemInfo/
 * @param browser a session with the browser itself
 */
export async function processList(browser: ProtocolSession): Promise<readonly { readonly id: number; readonly type: string }[]> {
  return schema.parse(await browser.send('SystemInfo.getProcessInfo')).processInfo;
}
