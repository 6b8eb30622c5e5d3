import { z } from 'zod';
import { inertText } from '../../src/text/inertText.js';
import { CollectError } from '../collectError.js';
import { NO_LIMIT, type ProtocolSession } from '../protocolSession.js';
import type { Wait } from '../whileProgress.js';

const answerSchema = z.object({
  result: z.object({ value: z.unknown().optional() }),
  exceptionDetails: z
    .object({ text: z.string(), exception: z.object({ description: z.string() }).partial().optional() })
    .optional(),
});

/** One global scope of a session: the protocol's `uniqueContextId`, or undefined for the only one of a worker. */
export type Realm = string | undefined;

/**
 * Runs an expression in a realm and awaits its promise.
 * @returns its value, data from outside
 * @throws CollectError if the expression throws; LimitError at the limits of the wait
 */
export async function evaluateIn(session: ProtocolSession, realm: Realm, expression: string, wait: Wait): Promise<unknown> {
  const params = { expression, returnByValue: true, awaitPromise: true, silent: true, ...(realm && { uniqueContextId: realm }) };
  const { result, exceptionDetails } = answerSchema.parse(await wait(session.send('Runtime.evaluate', params, NO_LIMIT)));
  if (!exceptionDetails) return result.value;
  throw new CollectError(inertText((exceptionDetails.exception?.description ?? exceptionDetails.text).slice(0, 300)));
}
