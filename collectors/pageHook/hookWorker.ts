import type { ProtocolSession } from '../protocolSession.js';
import { evaluateIn } from './evaluateIn.js';
import type { Hooked } from './hooked.js';
import { hookedRealms } from './hookedRealms.js';
import { hookScript } from './hookScript.js';

const LIMIT_MS = 5000;

/**
 * Hooks a worker that is held before its first line (see `childSessions`).
 * @throws LimitError, CollectError where it does not take the script: it is to be let run all the same
 */
export async function hookWorker(session: ProtocolSession): Promise<Hooked> {
  const { key, source } = await hookScript();
  await evaluateIn(session, undefined, `${source} undefined`, LIMIT_MS);
  return hookedRealms(session, key, async () => {});
}
