import { z } from 'zod';
import type { ProtocolSession } from '../protocolSession.js';

const tree = z.object({ frameTree: z.object({ frame: z.object({ id: z.string() }) }) });
const world = z.object({ executionContextId: z.number().int() });

/**
 * A world of our own in a page's document, as extensions have: it sees the same document, and none of the page's scripts can see or change
 * what runs there. @returns the protocol's id of its context
 */
export async function isolatedWorld(page: ProtocolSession): Promise<number> {
  const { frameTree } = tree.parse(await page.send('Page.getFrameTree'));
  const answer = await page.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'inferscope' });
  return world.parse(answer).executionContextId;
}
