import { z } from 'zod';
import type { ProtocolSession } from '../protocolSession.js';
import { within } from '../within.js';
import type { Realm } from './evaluateIn.js';

const createdSchema = z.object({
  context: z.object({ uniqueId: z.string(), auxData: z.object({ isDefault: z.boolean() }).partial().optional() }),
});

/**
 * The global scopes of a session's scripts, frames of the same process too, without the isolated ones of extensions. The Runtime domain tells
 * them when it is switched on, which it is only for that moment: it costs a page that prints much.
 * @returns what lists them; one listener serves all the times
 */
export function realmsOf(session: ProtocolSession): (limitMs: number) => Promise<readonly Realm[]> {
  let found: string[] | null = null;
  session.on('Runtime.executionContextCreated', (params) => {
    const parsed = createdSchema.safeParse(params);
    if (parsed.success && parsed.data.context.auxData?.isDefault !== false) found?.push(parsed.data.context.uniqueId);
  });
  return async (limitMs) => {
    const realms: string[] = [];
    found = realms;
    try {
      await within(limitMs, session.send('Runtime.enable'));
      await within(limitMs, session.send('Runtime.disable'));
    } finally {
      found = null;
    }
    return realms;
  };
}
