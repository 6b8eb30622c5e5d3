import { z } from 'zod';
import type { ProtocolSession } from '../protocolSession.js';
import { isolatedWorld } from './isolatedWorld.js';

/**
 * Value of an expression in a page's document, taken in a world of our own, so that nothing is left in the page.
 * @param schema of the value, which is the page's word
 * @throws where the page does not answer, or the value is not of that kind
 */
export async function valueInIsolatedWorld<T>(page: ProtocolSession, expression: string, schema: z.ZodType<T>): Promise<T> {
  const contextId = await isolatedWorld(page);
  const answer = await page.send('Runtime.evaluate', { expression, contextId, returnByValue: true });
  return z.object({ result: z.object({ value: schema }) }).parse(answer).result.value;
}
