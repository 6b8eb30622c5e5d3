import { z } from 'zod';
import type { ProtocolSession } from '../protocolSession.js';

const tree = z.object({ frameTree: z.object({ frame: z.object({ id: z.string() }) }) });
type SendOptions = Parameters<ProtocolSession['send']>[2];
const world = z.object({ executionContextId: z.number().int() });

/**
 * A separate JavaScript world in a page's document, as extensions have. It sees the same document, but the page's scripts cannot
 * see or change what runs in it.
 * @returns the protocol's id of its context
 */
export async function isolatedWorld(page: ProtocolSession, options?: SendOptions): Promise<number> {
  const { frameTree } = tree.parse(await page.send('Page.getFrameTree', {}, options));
  const params = { frameId: frameTree.frame.id, worldName: 'inferscope' };
  const answer = await page.send('Page.createIsolatedWorld', params, options);
  return world.parse(answer).executionContextId;
}

/**
 * The value of an expression in a page's document. It is evaluated in an isolated world, so it leaves nothing in the page.
 * @param schema for the value, which is data from outside
 * @throws if the page does not answer, or the value does not fit the schema
 */
export async function valueInIsolatedWorld<T>(
  page: ProtocolSession,
  expression: string,
  schema: z.ZodType<T>,
  options?: SendOptions,
): Promise<T> {
  const contextId = await isolatedWorld(page, options);
  const answer = await page.send('Runtime.evaluate', { expression, contextId, returnByValue: true }, options);
  return z.object({ result: z.object({ value: schema }) }).parse(answer).result.value;
}
