import { inertText } from '../../src/text/inertText.js';
import type { ProtocolSession } from '../protocolSession.js';
import { evaluateIn, type Realm } from './evaluateIn.js';
import type { Hooked, RealmLogs } from './hooked.js';
import { realmsOf } from './realmsOf.js';
import { removeHook } from './removeHook.js';
import { takeHookLogs } from './takeHookLogs.js';

const LIMIT_MS = 5000;
const NOTHING: RealmLogs = { wasm: null, gpu: null, modules: [], problems: [] };

/**
 * The hook in all realms of a session.
 * @param key of the handles
 * @param forget has the browser hook no realm that is still to come
 */
export function hookedRealms(session: ProtocolSession, key: string, forget: () => Promise<unknown>): Hooked {
  const list = realmsOf(session);
  const inEach = async <T>(action: (realm: Realm) => Promise<T>, failed: (why: string) => T): Promise<T[]> => {
    const because = (error: unknown): T => failed(`A thread could not be asked: ${inertText((error as Error).message)}`);
    try {
      const realms = await list(LIMIT_MS);
      return await Promise.all(realms.map((realm) => action(realm).catch(because)));
    } catch (error) {
      return [because(error)];
    }
  };
  return {
    async markClock() {
      const expression = `typeof ${key} === 'undefined' || !${key} ? undefined : ${key}.mark()`;
      await inEach(
        async (realm) => void (await evaluateIn(session, realm, expression, LIMIT_MS)),
        () => {},
      );
    },
    async takeLogs() {
      const logs = await inEach<RealmLogs | null>(
        (realm) => takeHookLogs(session, realm, key),
        (why) => ({ ...NOTHING, problems: [why] }),
      );
      return logs.filter((one) => one !== null);
    },
    async remove() {
      await forget().catch(() => {});
      return (
        await inEach(
          (realm) => removeHook(session, realm, key),
          (why) => [why],
        )
      ).flat();
    },
  };
}
