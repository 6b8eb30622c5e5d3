import { setTimeout as sleep } from 'node:timers/promises';
import type { ExportRole } from '../../src/bundle/exportRoles.js';
import type { GpuRealm } from '../../src/bundle/gpuLog.js';
import type { PageManifest } from '../../src/bundle/pageManifest.js';
import type { WasmRealm } from '../../src/bundle/wasmLog.js';
import type { Hooked, HookedModule, HookProblem, RealmLogs } from '../pageHook/hooked.js';
import { hookPage, hookWorker } from '../pageHook/installHook.js';
import type { ProtocolSession } from '../protocolSession.js';
import { within } from '../within.js';
import type { PageRecord } from './pageRecord.js';

/** Limit of one take. A page may have hundreds of realms, which are asked concurrently. */
const TAKE_LIMIT_MS = 30_000;
/**
 * Interval of takes. A log is lost with its page, and a page that is about to be left answers nothing, so the logs are taken
 * repeatedly.
 */
const TAKE_AGAIN_MS = 150;
/** Pause between two takes per row of the logs: the page needs some 2 µs to write a row as text. */
const PAUSE_PER_ROW_MS = 0.4;

/** The hooks in a page, its frames and its workers. */
export interface PageHooks {
  /** Hooks a target before its first line. */
  hold(session: ProtocolSession, type: string, ended?: Promise<void>): Promise<void>;
  /**
   * Announces that the document is about to be left for the one to be recorded. The logs that end with it are not reported as
   * missing.
   */
  leave(): void;
  /**
   * Writes the logs into the bundle, and removes the hooks from the page. Never fails.
   * @param roles what calls of an export are for, by its name
   */
  keep(record: PageRecord, roles: ReadonlyMap<string, ExportRole>): Promise<void>;
}

interface Target {
  readonly hooked: Hooked;
  /** Whether its realms belong to a page, which must answer, or to a worker, which may be silent. */
  readonly hasPages: boolean;
  /** The last log of each of its realms, including documents that are gone. */
  readonly logs: Map<string, RealmLogs>;
  /** It did not answer the last time: a pool worker that sleeps in Wasm. The end does not wait for it. */
  sleeps: boolean;
  /** Number of documents left when it was hooked. If its document has been left since, its logs are not missing. */
  readonly documentsLeft: number;
  /** Resolves when no take is pending: two concurrent takes would get each other's answers. */
  asked: Promise<void>;
}

/** @param looked called from time to time with all logs so far */
export function pageHooks(looked: (logs: readonly RealmLogs[]) => void): PageHooks {
  const targets = new Set<Target>();
  /** Logs of targets that are gone. */
  const gone: RealmLogs[] = [];
  const modules = new Map<string, HookedModule>();
  const problems: HookProblem[] = [];
  let documentsLeft = 0;
  const failed = (why: string): void => void problems.push({ of: 'all', why });

  const take = async (target: Target, isLast: boolean): Promise<void> => {
    const { hooked, hasPages, logs } = target;
    if (isLast && target.sleeps) return;
    try {
      // The mark must be in the trace, so logs are taken while the trace is recording.
      if (isLast) await within(TAKE_LIMIT_MS, hooked.markClock());
      const taken = await within(TAKE_LIMIT_MS, hooked.takeLogs(isLast));
      target.sleeps = !hasPages && taken.some(({ silent }) => silent);
      for (const log of taken) {
        for (const module of log.modules) modules.set(module.sha256, module);
        if (log.silent) {
          if (isLast && hasPages) failed('A thread of a page did not answer.');
          continue;
        }
        // A document that is being left may return nothing; then its last log is kept.
        if (log.wasm || log.gpu || !logs.has(log.realm)) logs.set(log.realm, log);
      }
    } catch (error) {
      if (isLast) failed((error as Error).message);
    }
  };
  const allLogs = (): RealmLogs[] => [...gone, ...[...targets].flatMap(({ logs }) => [...logs.values()])];
  const takeAgain = async (target: Target): Promise<void> => {
    for (;;) {
      const rows = [...target.logs.values()].reduce((sum, { wasm, gpu }) => sum + rowsOf(wasm) + rowsOf(gpu), 0);
      await sleep(Math.max(TAKE_AGAIN_MS, PAUSE_PER_ROW_MS * rows), null, { ref: false });
      if (!targets.has(target)) return;
      target.asked = take(target, false);
      await target.asked;
      looked(allLogs());
    }
  };
  return {
    async hold(session, type, ended) {
      const documentsLeftBefore = documentsLeft;
      const hasPages = type === 'page' || type === 'iframe';
      try {
        const hooked = await (hasPages ? hookPage(session) : hookWorker(session));
        const target: Target = {
          hooked,
          hasPages,
          logs: new Map(),
          sleeps: false,
          documentsLeft: documentsLeftBefore,
          asked: Promise.resolve(),
        };
        targets.add(target);
        ended?.then(() => {
          if (!targets.delete(target)) return;
          gone.push(...target.logs.values());
          if (target.logs.size === 0 && target.documentsLeft === documentsLeft)
            failed('A worker or frame ended before its log was taken.');
        });
        takeAgain(target).catch((error: Error) => failed(error.message));
      } catch (error) {
        if (documentsLeftBefore === documentsLeft) failed((error as Error).message);
      }
    },
    leave() {
      documentsLeft++;
    },
    async keep(record, roles) {
      const all = [...targets];
      targets.clear();
      await Promise.all(all.map((target) => target.asked.then(() => take(target, true))));
      const logs = [...gone, ...all.flatMap((target) => [...target.logs.values()])];
      const known = logs.map((log) => (log.wasm ? { ...log, wasm: withRoles(log.wasm, roles) } : log));
      await keepHookLogs(record, known, [...modules.values()], problems);
      const removed = await Promise.allSettled(all.map(({ hooked }) => within(TAKE_LIMIT_MS, hooked.remove())));
      record.manifest.page.notes.push(...removed.flatMap((result) => (result.status === 'fulfilled' ? result.value : [])));
    },
  };
}

const rowsOf = (log: { readonly calls: { readonly name: readonly number[] } } | null): number => log?.calls.name.length ?? 0;

/** Exports of another module may have the names of a runtime's, which are short; it hardly has both that create and run. */
function withRoles(realm: WasmRealm, roles: ReadonlyMap<string, ExportRole>): WasmRealm {
  const found = realm.names.map((name) => roles.get(name) ?? null);
  return found.includes('create') && found.includes('run') ? { ...realm, roles: found } : realm;
}

/** Writes the hooks' logs into the bundle, and their amount and gaps into the manifest. */
async function keepHookLogs(
  { manifest, writer }: PageRecord,
  logs: readonly RealmLogs[],
  modules: readonly HookedModule[],
  problems: readonly HookProblem[],
): Promise<void> {
  const wasm = logs.flatMap((log): WasmRealm[] => (log.wasm ? [log.wasm] : []));
  const gpu = logs.flatMap((log): GpuRealm[] => (log.gpu ? [log.gpu] : []));
  if (wasm.length > 0) await writer.wasm({ schema: 'inferscope.wasm/1', realms: wasm });
  if (gpu.length > 0) await writer.gpu({ schema: 'inferscope.gpu/1', realms: gpu });
  for (const { url, bytes } of modules) manifest.modules.push(await writer.module(url, bytes));
  const all = [...problems, ...logs.flatMap((log) => log.problems)];
  const outcome = (of: HookProblem['of'], found: number, what: string): PageManifest['collectors'][string] => {
    const lacks = all.filter((problem) => problem.of === of || problem.of === 'all');
    const first = lacks[0]?.why ?? '';
    if (found === 0 && lacks.length > 0) return { outcome: 'failed', detail: first };
    const lack = lacks.length > 0 ? `; what could not be had: ${lacks.length} (${first})` : '';
    return { outcome: 'done', detail: `${found} ${what}${lack}` };
  };
  manifest.collectors.wasm = outcome('wasm', callsIn(wasm), 'calls into Wasm');
  manifest.collectors.gpu = outcome('gpu', callsIn(gpu), 'calls of the GPU’s API');
  manifest.collectors.modules = outcome('modules', manifest.modules.length, 'Wasm modules captured');
}

const callsIn = (realms: readonly { readonly calls: { readonly name: readonly number[] } }[]): number =>
  realms.reduce((sum, { calls }) => sum + calls.name.length, 0);
