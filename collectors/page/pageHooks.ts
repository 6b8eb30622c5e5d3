import { setTimeout as sleep } from 'node:timers/promises';
import type { Hooked, HookedModule, HookProblem, RealmLogs } from '../pageHook/hooked.js';
import { hookPage } from '../pageHook/hookPage.js';
import { hookWorker } from '../pageHook/hookWorker.js';
import type { ProtocolSession } from '../protocolSession.js';
import { within } from '../within.js';
import { keepHookLogs } from './keepHookLogs.js';
import type { PageRecord } from './pageRecord.js';

/** A page has hundreds of realms at the worst, which are asked side by side. */
const TAKE_LIMIT_MS = 30_000;
/** What a page did is gone with it, and nothing can be asked of one that is about to be left: so it is asked all the time, and seldom enough. */
const LOOK_AGAIN_MS = 150;
/** And for each row of its logs it is left in peace for so long: to write one down as text takes it some 2 µs. */
const PEACE_MS = 0.4;

/** The hooks in a page, its frames and its workers. */
export interface PageHooks {
  /** Hooks a target before its first line. */
  hold(session: ProtocolSession, type: string, ended?: Promise<void>): Promise<void>;
  /** The document is about to be left for the one that is to be recorded: nothing is missed of what ends with it. */
  leave(): void;
  /** Takes what was written down into the bundle, and the hooks out of the page. Never fails. */
  keep(record: PageRecord): Promise<void>;
}

interface Target {
  readonly hooked: Hooked;
  /** Whether it has a page's realms, which are not to be silent, or that of a worker. */
  readonly hasPages: boolean;
  /** What its realms wrote down when they were last asked: those of documents that are gone now among them. */
  readonly logs: Map<string, RealmLogs>;
  /** A worker that did not answer when it was last asked: one of a pool, asleep in Wasm. It is not waited for at the end. */
  sleeps: boolean;
  /** How many documents had been left when it was hooked: of one that is left since, nothing is missed. */
  readonly lefts: number;
  /** Ends when it is not being asked: two who ask at once would get each other's answers. */
  asked: Promise<void>;
}

/** @param looked is called now and then with all that was written down so far */
export function pageHooks(looked: (logs: readonly RealmLogs[]) => void): PageHooks {
  const targets = new Set<Target>();
  /** What targets that are gone had handed over before. */
  const gone: RealmLogs[] = [];
  const modules = new Map<string, HookedModule>();
  const problems: HookProblem[] = [];
  let lefts = 0;
  const failed = (why: string): void => void problems.push({ of: 'all', why });

  const take = async (target: Target, isLast: boolean): Promise<void> => {
    const { hooked, hasPages, logs } = target;
    if (isLast && target.sleeps) return;
    try {
      // The mark is to be in the trace, so the logs are taken while it is still recorded.
      if (isLast) await within(TAKE_LIMIT_MS, hooked.markClock());
      const taken = await within(TAKE_LIMIT_MS, hooked.takeLogs(isLast));
      target.sleeps = !hasPages && taken.some(({ silent }) => silent);
      for (const log of taken) {
        for (const module of log.modules) modules.set(module.sha256, module);
        if (log.silent) {
          if (isLast && hasPages) failed('A thread of a page did not answer.');
          continue;
        }
        // A document that is being left may give nothing any more: what it gave before stays.
        if (log.wasm || log.gpu || !logs.has(log.realm)) logs.set(log.realm, log);
      }
    } catch (error) {
      if (isLast) failed((error as Error).message);
    }
  };
  const allLogs = (): RealmLogs[] => [...gone, ...[...targets].flatMap(({ logs }) => [...logs.values()])];
  const lookAgain = async (target: Target): Promise<void> => {
    for (;;) {
      const rows = [...target.logs.values()].reduce((sum, { wasm, gpu }) => sum + rowsOf(wasm) + rowsOf(gpu), 0);
      await sleep(Math.max(LOOK_AGAIN_MS, PEACE_MS * rows), null, { ref: false });
      if (!targets.has(target)) return;
      target.asked = take(target, false);
      await target.asked;
      looked(allLogs());
    }
  };
  return {
    async hold(session, type, ended) {
      const leftsBefore = lefts;
      const hasPages = type === 'page' || type === 'iframe';
      try {
        const hooked = await (hasPages ? hookPage(session) : hookWorker(session));
        const target: Target = {
          hooked,
          hasPages,
          logs: new Map(),
          sleeps: false,
          lefts: leftsBefore,
          asked: Promise.resolve(),
        };
        targets.add(target);
        ended?.then(() => {
          if (!targets.delete(target)) return;
          gone.push(...target.logs.values());
          if (target.logs.size === 0 && target.lefts === lefts) failed('A worker or frame ended before its log was taken.');
        });
        lookAgain(target).catch((error: Error) => failed(error.message));
      } catch (error) {
        if (leftsBefore === lefts) failed((error as Error).message);
      }
    },
    leave() {
      lefts++;
    },
    async keep(record) {
      const all = [...targets];
      targets.clear();
      await Promise.all(all.map((target) => target.asked.then(() => take(target, true))));
      const logs = [...gone, ...all.flatMap((target) => [...target.logs.values()])];
      await keepHookLogs(record, logs, [...modules.values()], problems);
      const removed = await Promise.allSettled(all.map(({ hooked }) => within(TAKE_LIMIT_MS, hooked.remove())));
      record.manifest.page.notes.push(...removed.flatMap((result) => (result.status === 'fulfilled' ? result.value : [])));
    },
  };
}

const rowsOf = (log: { readonly calls: { readonly name: readonly number[] } } | null): number => log?.calls.name.length ?? 0;
