import { z } from 'zod';
import type { ProtocolSession } from '../protocolSession.js';
import { within } from '../within.js';

const tree = z.object({ frameTree: z.object({ frame: z.object({ id: z.string() }) }) });
const paused = z.object({ requestId: z.string(), frameId: z.string() });

/** A page that is left is held for no longer. */
const LIMIT_MS = 10_000;

/**
 * Looks once more at what a page has done when it is about to be left for another document, while it still runs: the answer of the server is
 * held until then, for some milliseconds. Documents that come without a request (`about:blank`, `blob:`) are not seen, nor are those of frames.
 * @param look never rejects
 * @returns ends it
 */
export async function whenLeft(page: ProtocolSession, look: () => Promise<void>): Promise<() => Promise<unknown>> {
  const { frameTree } = tree.parse(await page.send('Page.getFrameTree'));
  page.on('Fetch.requestPaused', async (params) => {
    const { data } = paused.safeParse(params);
    if (!data) return;
    if (data.frameId === frameTree.frame.id) await within(LIMIT_MS, look()).catch(() => {});
    await page.send('Fetch.continueRequest', { requestId: data.requestId }).catch(() => {});
  });
  await page.send('Fetch.enable', { patterns: [{ resourceType: 'Document', requestStage: 'Response' }] });
  return () => page.send('Fetch.disable');
}
