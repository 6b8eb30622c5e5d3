import { setTimeout as sleep } from 'node:timers/promises';
import type { ExportRole } from '../../src/bundle/exportRoles.js';
import type { GpuRealm } from '../../src/bundle/gpuLog.js';
import type { PageManifest } from '../../src/bundle/pageManifest.js';
import type { WasmRealm } from '../../src/bundle/wasmLog.js';
import { HOLD_CAP_MS } from '../cpuProfile/profileThreads.js';
import type { Hooked, HookedModule, HookProblem, RealmLogs } from '../pageHook/hooked.js';
import { hookPage, hookWorker } from '../pageHook/installHook.js';
import type { ProtocolSession } from '../protocolSession.js';
import { type Signs, signsOfLife, whileProgress } from '../whileProgress.js';
import type { PageRecord } from './pageRecord.js';

/** A take during the recording. What does not come now comes with the next: a log holds everything since its realm began. */
const NOW = { what: 'The log of a thread', silenceMs: 5000, capMs: 30_000 };
/** The hook of a worker, which is paused meanwhile. */
const HOOKING = { what: 'The hook of a worker', silenceMs: 15_000, capMs: HOLD_CAP_MS };
/** The last take takes hundreds of megabytes of modules, and threads answer between two tasks only. */
const LAST_CAP_MS = 5 * 60_000;
/**
 * Silence after which a thread is given up at the end, where the browser answers and no other thread answers any more. A page’s
 * thread should answer, a worker may sleep in Wasm forever, and who was silent before most likely stays so.
 */
const LAST_SILENCE_MS = { page: 30_000, worker: 10_000, sleeper: 1000 };
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
  /** It did not answer the last time: a pool worker that sleeps in Wasm, or a page that hangs. The end hardly waits for it. */
  sleeps: boolean;
  /** Number of documents left when it was hooked. If its document has been left since, its logs are not missing. */
  readonly documentsLeft: number;
  /** Resolves when no take is pending: two concurrent takes would get each other's answers. */
  asked: Promise<void>;
}

/**
 * @param looked called from time to time with all logs so far
 * @param witness a cheap question to the browser itself
 */
export function pageHooks(looked: (logs: readonly RealmLogs[]) => void, witness: () => Promise<unknown>): PageHooks {
  const targets = new Set<Target>();
  /** Logs of targets that are gone. */
  const gone: RealmLogs[] = [];
  const modules = new Map<string, HookedModule>();
  const problems: HookProblem[] = [];
  let documentsLeft = 0;
  const failed = (why: string): void => void problems.push({ of: 'all', why });

  const lastWait = ({ hasPages, sleeps }: Target, signs: Signs) => {
    const silenceMs = LAST_SILENCE_MS[sleeps ? 'sleeper' : hasPages ? 'page' : 'worker'];
    return whileProgress({ what: 'The log of a thread', silenceMs, capMs: LAST_CAP_MS, witness }, signs);
  };
  const keepTaken = (target: Target, taken: readonly RealmLogs[], isLast: boolean): void => {
    const { hasPages, logs } = target;
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
  };
  const take = async (target: Target): Promise<void> => {
    // It is asked again soon.
    const taken = await target.hooked.takeLogs(false, whileProgress({ ...NOW, witness })).catch(() => []);
    keepTaken(target, taken, false);
  };
  /** @param signs of all threads: while some still answer, the others are waited for */
  const takeLast = async (target: Target, signs: Signs): Promise<void> => {
    const { hooked } = target;
    try {
      // The mark must be in the trace, so logs are taken while the trace is recording.
      target.sleeps = !(await hooked.markClock(lastWait(target, signs)));
      keepTaken(target, await hooked.takeLogs(true, lastWait(target, signs)), true);
    } catch (error) {
      failed((error as Error).message);
    }
  };
  const allLogs = (): RealmLogs[] => [...gone, ...[...targets].flatMap(({ logs }) => [...logs.values()])];
  const takeAgain = async (target: Target): Promise<void> => {
    for (;;) {
      const rows = [...target.logs.values()].reduce((sum, { wasm, gpu }) => sum + rowsOf(wasm) + rowsOf(gpu), 0);
      await sleep(Math.max(TAKE_AGAIN_MS, PAUSE_PER_ROW_MS * rows), null, { ref: false });
      if (!targets.has(target)) return;
      target.asked = take(target);
      await target.asked;
      looked(allLogs());
    }
  };
  return {
    async hold(session, type, ended) {
      const documentsLeftBefore = documentsLeft;
      const hasPages = type === 'page' || type === 'iframe';
      try {
        const hooked = await (hasPages ? hookPage(session) : hookWorker(session, whileProgress({ ...HOOKING, witness })));
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
      const signs = signsOfLife();
      await Promise.all(all.map((target) => target.asked.then(() => takeLast(target, signs))));
      const logs = [...gone, ...all.flatMap((target) => [...target.logs.values()])];
      const known = logs.map((log) => (log.wasm ? { ...log, wasm: withRoles(log.wasm, roles) } : log));
      await keepHookLogs(record, known, [...modules.values()], problems);
      const removed = await Promise.allSettled(all.map((target) => target.hooked.remove(lastWait(target, signs))));
      record.manifest.page.notes.push(...removed.flatMap((result) => (result.status === 'fulfilled' ? result.value : [])));
    },
  };
}

const rowsOf = (log: { readonly calls: { readonly name: readonly number[] } } | null): number => log?.calls.name.length ?? 0;

/** An inference by the log of a hook, which names its realm by the first mark. Its times are ms of that realm's clock. */
export interface HookedInference {
  readonly realm: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** The inferences in the logs of hooks, all of one realm, in order. */
export type FindInferences = (wasm: readonly WasmRealm[], gpu: readonly GpuRealm[]) => readonly HookedInference[];
/** Their number. */
export type CountInferences = (wasm: readonly WasmRealm[], gpu: readonly GpuRealm[]) => number;

/** Exports of another module may have the names of a runtime's, which are short; it hardly has both that create and run. */
export function withRoles(realm: WasmRealm, roles: ReadonlyMap<string, ExportRole>): WasmRealm {
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
