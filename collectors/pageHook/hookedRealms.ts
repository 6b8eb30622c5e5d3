import { z } from 'zod';
import { inertText } from '../../src/text/inertText.js';
import { NO_LIMIT, type ProtocolSession } from '../protocolSession.js';
import type { Wait } from '../whileProgress.js';
import { LimitError } from '../within.js';
import { evaluateIn, type Realm } from './evaluateIn.js';
import type { Hooked, RealmCounts, RealmLogs } from './hooked.js';
import { takeCounts } from './takeCounts.js';
import { takeHookLogs } from './takeHookLogs.js';

/** The document went between being listed and being asked, for another one, which has realms of its own. */
const GONE = /uniqueContextId not found/;
/** A page that goes from document to document is not followed further. */
const MOST_DOCUMENTS = 3;
const NOTHING = { silent: false, wasm: null, gpu: null, modules: [], problems: [] };

/**
 * The hook in all realms of a session.
 * @param key of the handles
 * @param forget stops the browser from hooking further realms
 */
export function hookedRealms(session: ProtocolSession, key: string, forget: () => Promise<unknown>): Hooked {
  const list = realmsOf(session);
  /** A thread that was silent the last time may sleep indefinitely, so it is not asked to remove its hook. */
  let silent = false;
  const inEach = async <T>(
    wait: Wait,
    action: (realm: Realm) => Promise<T>,
    failed: (realm: Realm, error: Error) => T,
  ): Promise<T[]> => {
    const answers: T[] = [];
    const asked = new Set<Realm>();
    try {
      for (let time = 0; time < MOST_DOCUMENTS; time++) {
        const realms = (await list(wait)).filter((realm) => !asked.has(realm));
        let isGone = false;
        await Promise.all(
          realms.map(async (realm) => {
            asked.add(realm);
            try {
              answers.push(await action(realm));
            } catch (error) {
              if (GONE.test((error as Error).message) && time + 1 < MOST_DOCUMENTS) isGone = true;
              else answers.push(failed(realm, error as Error));
            }
          }),
        );
        if (!isGone) break;
      }
      return answers;
    } catch (error) {
      return [...answers, failed(undefined, error as Error)];
    }
  };
  const because = ({ message }: Error): string => `A thread could not be asked: ${inertText(message)}`;
  return {
    async markClock(wait) {
      const expression = `typeof ${key} === 'undefined' || !${key} ? undefined : ${key}.mark()`;
      const answered = await inEach(
        wait,
        async (realm) => {
          await evaluateIn(session, realm, expression, wait);
          return true;
        },
        (_, error) => !(error instanceof LimitError),
      );
      return answered.every((one) => one);
    },
    async takeLogs(withModules, wait) {
      silent = false;
      const logs = await inEach<RealmLogs | null>(
        wait,
        (realm) => takeHookLogs(session, realm, key, withModules, wait),
        (realm = '', error) => {
          silent = error instanceof LimitError;
          const problems = silent ? [] : [{ of: 'all' as const, why: because(error) }];
          return { ...NOTHING, realm, silent, problems };
        },
      );
      return logs.filter((one) => one !== null);
    },
    takeCounts: (wait) =>
      inEach<RealmCounts | null>(
        wait,
        (realm) => takeCounts(session, realm, key, wait),
        () => null,
      ),
    async remove(wait) {
      await wait(forget()).catch(() => {});
      if (silent) return [];
      return (
        await inEach(
          wait,
          (realm) => removeHook(session, realm, key, wait),
          (_, error) => [because(error)],
        )
      ).flat();
    },
  };
}

const createdSchema = z.object({
  context: z.object({ uniqueId: z.string(), auxData: z.object({ isDefault: z.boolean() }).partial().optional() }),
});

/**
 * The global scopes of a session's scripts, including frames of the same process, without the isolated worlds of extensions. The
 * Runtime domain lists them when it is enabled. It is disabled at once, since it slows down a page that prints much.
 * @returns a function that lists them; all its calls share one listener
 */
function realmsOf(session: ProtocolSession): (wait: Wait) => Promise<readonly Realm[]> {
  let found: string[] | null = null;
  session.on('Runtime.executionContextCreated', (params) => {
    const parsed = createdSchema.safeParse(params);
    if (parsed.success && parsed.data.context.auxData?.isDefault !== false) found?.push(parsed.data.context.uniqueId);
  });
  return async (wait) => {
    const realms: string[] = [];
    found = realms;
    try {
      await wait(session.send('Runtime.enable', {}, NO_LIMIT));
      await wait(session.send('Runtime.disable', {}, NO_LIMIT));
    } finally {
      found = null;
    }
    return realms;
  };
}

const leftSchema = z.array(z.string());

/**
 * Removes the hook from a realm. Wrapped functions that the page already holds still pass calls on. A WebAssembly.Table rejects
 * them afterwards, like any function that is not a Wasm export.
 * @returns what could not be removed, a sentence each
 */
async function removeHook(session: ProtocolSession, realm: Realm, key: string, wait: Wait): Promise<readonly string[]> {
  const expression = `typeof ${key} === 'undefined' || !${key} ? '[]' : ((left) => { ${key} = undefined; return left; })(${key}.remove())`;
  const answer = await evaluateIn(session, realm, expression, wait);
  const left = leftSchema.parse(JSON.parse(z.string().parse(answer)));
  return left.map((name) => `The page has frozen ${inertText(name)}: what passes calls on stays in its place.`);
}
