import { childSessions } from '../cpuProfile/childSessions.js';
import type { ProtocolSession } from '../protocolSession.js';
import { within } from '../within.js';
import { COLLECT_LIMIT_MS, type Heaps, heapUsage } from './heapUsage.js';

/** The same for a pool thread, which is likely to sleep. */
const COLLECT_POOL_LIMIT_MS = 300;

export interface HeapWatch {
  /** Sums over all threads. It waits for those that do not answer at once. */
  read(): Promise<Heaps>;
  collectGarbage(): Promise<void>;
}

interface Realm {
  readonly session: ProtocolSession;
  /** A worker's worker: a pool thread, which may sleep indefinitely and not answer until it is woken. */
  readonly isPool: boolean;
  last: Heaps;
  asking: Promise<void> | null;
}

const NOTHING: Heaps = { usedBytes: 0, totalBytes: 0, arrayBufferBytes: 0 };

/**
 * Watches the JavaScript heaps of a page and all its workers, including nested ones.
 *
 * The Debugger domain is not used: with it Wasm would run in the baseline tier.
 */
export async function watchHeaps(page: ProtocolSession): Promise<HeapWatch> {
  const realms = new Set<Realm>();
  const watch = (session: ProtocolSession, depth: number): Realm => {
    const realm: Realm = { session, isPool: depth > 1, last: NOTHING, asking: null };
    realms.add(realm);
    return realm;
  };
  const watchChildren = (session: ProtocolSession, depth: number): Promise<void> =>
    childSessions(session, (child, ended) => {
      const realm = watch(child, depth);
      void ended.then(() => realms.delete(realm));
      watchChildren(child, depth + 1).catch(() => {});
      child.send('Runtime.runIfWaitingForDebugger').catch(() => {});
    });
  watch(page, 0);
  await watchChildren(page, 1);

  const ask = (realm: Realm): Promise<void> => {
    realm.asking ??= heapUsage(realm.session)
      .then((answer) => {
        realm.last = answer;
      })
      // The target has ended in the meantime.
      .catch(() => {})
      .finally(() => {
        realm.asking = null;
      });
    return realm.asking;
  };
  return {
    async read() {
      const answers = [...realms].map((realm) => ({ realm, answer: ask(realm) }));
      // For a sleeping pool thread, its last answer is still valid.
      await Promise.all(answers.filter(({ realm }) => !realm.isPool).map(({ answer }) => answer));
      return [...realms].reduce(
        (sum, { last }) => ({
          usedBytes: sum.usedBytes + last.usedBytes,
          totalBytes: sum.totalBytes + last.totalBytes,
          arrayBufferBytes: sum.arrayBufferBytes + last.arrayBufferBytes,
        }),
        NOTHING,
      );
    },
    async collectGarbage() {
      await Promise.allSettled(
        [...realms].map(({ session, isPool }) =>
          within(isPool ? COLLECT_POOL_LIMIT_MS : COLLECT_LIMIT_MS, session.send('HeapProfiler.collectGarbage')),
        ),
      );
    },
  };
}
