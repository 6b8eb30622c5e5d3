import type { Hooked, HookedModule, HookProblem, RealmLogs } from '../pageHook/hooked.js';
import { hookPage } from '../pageHook/hookPage.js';
import { hookWorker } from '../pageHook/hookWorker.js';
import type { ProtocolSession } from '../protocolSession.js';
import { within } from '../within.js';
import { keepHookLogs } from './keepHookLogs.js';
import type { PageRecord } from './pageRecord.js';
import { whenLeft } from './whenLeft.js';

/** A page has hundreds of realms at the worst, which are asked side by side. */
const TAKE_LIMIT_MS = 30_000;

/** The hooks in a page, its frames and its workers. */
export interface PageHooks {
  /** Hooks a target before its first line. */
  hold(session: ProtocolSession, type: string, ended?: Promise<void>): Promise<void>;
  /** Takes what was written down into the bundle, and the hooks out of the page. Never fails. */
  keep(record: PageRecord): Promise<void>;
}

interface Target {
  readonly hooked: Hooked;
  /** Whether it has a page's realms, which are not to be silent, or that of a worker. */
  readonly hasPages: boolean;
  /** What its realms wrote down when they were last asked: those of documents that are gone now among them. */
  readonly logs: Map<string, RealmLogs>;
}

export function pageHooks(): PageHooks {
  const targets = new Set<Target>();
  /** What targets that are gone had handed over before. */
  const gone: RealmLogs[] = [];
  const modules = new Map<string, HookedModule>();
  const problems: HookProblem[] = [];
  let letLeave: () => Promise<unknown> = async () => null;

  const take = async ({ hooked, hasPages, logs }: Target): Promise<void> => {
    try {
      // The mark is to be in the trace, so the logs are taken while it is still recorded.
      await within(TAKE_LIMIT_MS, hooked.markClock());
      for (const log of await within(TAKE_LIMIT_MS, hooked.takeLogs())) {
        for (const module of log.modules) modules.set(module.sha256, module);
        if (!log.silent) logs.set(log.realm, log);
        else if (hasPages) problems.push({ of: 'all', why: 'A thread of a page did not answer.' });
      }
    } catch (error) {
      problems.push({ of: 'all', why: (error as Error).message });
    }
  };
  const takeAll = async (): Promise<void> => void (await Promise.all([...targets].map(take)));
  return {
    async hold(session, type, ended) {
      const hasPages = type === 'page' || type === 'iframe';
      try {
        const hooked = await (hasPages ? hookPage(session) : hookWorker(session));
        const target: Target = { hooked, hasPages, logs: new Map() };
        targets.add(target);
        ended?.then(() => {
          if (!targets.delete(target)) return;
          gone.push(...target.logs.values());
          if (target.logs.size === 0) problems.push({ of: 'all', why: 'A worker or frame ended before its log was taken.' });
        });
        if (type === 'page') letLeave = await whenLeft(session, takeAll);
      } catch (error) {
        problems.push({ of: 'all', why: (error as Error).message });
      }
    },
    async keep(record) {
      await letLeave().catch(() => {});
      await takeAll();
      const all = [...targets];
      targets.clear();
      const logs = [...gone, ...all.flatMap((target) => [...target.logs.values()])];
      await keepHookLogs(record, logs, [...modules.values()], problems);
      const removed = await Promise.allSettled(all.map(({ hooked }) => within(TAKE_LIMIT_MS, hooked.remove())));
      record.manifest.page.notes.push(...removed.flatMap((result) => (result.status === 'fulfilled' ? result.value : [])));
    },
  };
}
