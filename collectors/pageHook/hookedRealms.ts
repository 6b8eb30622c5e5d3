import { inertText } from '../../src/text/inertText.js';
import { LimitError } from '../limitError.js';
import type { ProtocolSession } from '../protocolSession.js';
import { evaluateIn, type Realm } from './evaluateIn.js';
import type { Hooked, RealmLogs } from './hooked.js';
import { realmsOf } from './realmsOf.js';
import { removeHook } from './removeHook.js';
import { takeHookLogs } from './takeHookLogs.js';

const LIMIT_MS = 5000;
const NOTHING = { silent: false, wasm: null, gpu: null, modules: [], problems: [] };

/**
 * The hook in all realms of a session.
 * @param key of the handles
 * @param forget has the browser hook no realm that is still to come
 */
export function hookedRealms(session: ProtocolSession, key: string, forget: () => Promise<unknown>): Hooked {
  const list = realmsOf(session);
  /** A thread that was silent once is not asked for its end: nobody could look at what is left in it. */
  let silent = false;
  const inEach = async <T>(action: (realm: Realm) => Promise<T>, failed: (realm: Realm, error: Error) => T): Promise<T[]> => {
    try {
      const realms = await list(LIMIT_MS);
      return await Promise.all(realms.map((realm) => action(realm).catch((error: Error) => failed(realm, error))));
    } catch (error) {
      return [failed(undefined, error as Error)];
    }
  };
  const because = ({ message }: Error): string => `A thread could not be asked: ${inertText(message)}`;
  return {
    async markClock() {
      const expression = `typeof ${key} === 'undefined' || !${key} ? undefined : ${key}.mark()`;
      await inEach(
        async (realm) => void (await evaluateIn(session, realm, expression, LIMIT_MS)),
        () => {},
      );
    },
    async takeLogs(withModules) {
      const logs = await inEach<RealmLogs | null>(
        (realm) => takeHookLogs(session, realm, key, withModules),
        (realm = '', error) => {
          silent = error instanceof LimitError;
          const problems = silent ? [] : [{ of: 'all' as const, why: because(error) }];
          return { ...NOTHING, realm, silent, problems };
        },
      );
      return logs.filter((one) => one !== null);
    },
    async remove() {
      await forget().catch(() => {});
      if (silent) return [];
      return (
        await inEach(
          (realm) => removeHook(session, realm, key),
          (_, error) => [because(error)],
        )
      ).flat();
    },
  };
}
