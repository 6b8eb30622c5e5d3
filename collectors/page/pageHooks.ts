import type { GpuRealm } from '../../src/bundle/gpuLog.js';
import type { PageManifest } from '../../src/bundle/pageManifest.js';
import type { WasmRealm } from '../../src/bundle/wasmLog.js';
import type { Hooked, RealmLogs } from '../pageHook/hooked.js';
import { hookPage } from '../pageHook/hookPage.js';
import { hookWorker } from '../pageHook/hookWorker.js';
import type { ProtocolSession } from '../protocolSession.js';
import { within } from '../within.js';
import type { PageRecord } from './pageRecord.js';

type Outcome = PageManifest['collectors'][string];

/** A page has hundreds of realms at the worst, which are asked side by side. */
const TAKE_LIMIT_MS = 30_000;

/** The hooks in a page, its frames and its workers. */
export interface PageHooks {
  /** Hooks a target before its first line. */
  hold(session: ProtocolSession, type: string, ended?: Promise<void>): Promise<void>;
  /** Takes what was written down into the bundle, and the hooks out of the page. Never fails. */
  keep(record: PageRecord): Promise<void>;
}

export function pageHooks(): PageHooks {
  const hooks = new Set<Hooked>();
  const problems: string[] = [];
  return {
    async hold(session, type, ended) {
      try {
        const hooked = await (type === 'page' || type === 'iframe' ? hookPage(session) : hookWorker(session));
        hooks.add(hooked);
        ended?.then(() => {
          if (hooks.delete(hooked)) problems.push('a worker or frame ended before its log was taken');
        });
      } catch (error) {
        problems.push((error as Error).message);
      }
    },
    async keep(record) {
      const all = [...hooks];
      hooks.clear();
      const settled = await Promise.allSettled(all.map((hooked) => within(TAKE_LIMIT_MS, logsOf(hooked))));
      const logs = settled.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
      for (const result of settled) if (result.status === 'rejected') problems.push((result.reason as Error).message);
      problems.push(...logs.flatMap((log) => log.problems));
      await keepLogs(record, logs, problems);
      const removed = await Promise.allSettled(all.map((hooked) => within(TAKE_LIMIT_MS, hooked.remove())));
      record.manifest.page.notes.push(...removed.flatMap((result) => (result.status === 'fulfilled' ? result.value : [])));
    },
  };
}

/** The mark is to be in the trace, so the logs are taken while it is still recorded. */
async function logsOf(hooked: Hooked): Promise<readonly RealmLogs[]> {
  await hooked.markClock();
  return hooked.takeLogs();
}

async function keepLogs(
  { manifest, writer }: PageRecord,
  logs: readonly RealmLogs[],
  problems: readonly string[],
): Promise<void> {
  const wasm = logs.flatMap((log): WasmRealm[] => (log.wasm ? [log.wasm] : []));
  const gpu = logs.flatMap((log): GpuRealm[] => (log.gpu ? [log.gpu] : []));
  if (wasm.length > 0) await writer.wasm({ schema: 'inferscope.wasm/1', realms: wasm });
  if (gpu.length > 0) await writer.gpu({ schema: 'inferscope.gpu/1', realms: gpu });
  for (const { url, bytes } of logs.flatMap((log) => log.modules)) {
    const module = await writer.module(url, bytes);
    if (!manifest.modules.some(({ sha256 }) => sha256 === module.sha256)) manifest.modules.push(module);
  }
  const lacks = problems.length > 0 ? `; ${problems.length} could not be had: ${problems[0]}` : '';
  const outcome = (found: number, what: string): Outcome =>
    found === 0 && problems.length > 0
      ? { outcome: 'failed', detail: problems[0]! }
      : { outcome: 'done', detail: `${found} ${what}${lacks}` };
  const calls = (realms: readonly { readonly calls: { readonly name: readonly number[] } }[]): number =>
    realms.reduce((sum, realm) => sum + realm.calls.name.length, 0);
  manifest.collectors.wasm = outcome(calls(wasm), 'calls into Wasm');
  manifest.collectors.gpu = outcome(calls(gpu), 'calls of the GPU’s API');
  manifest.collectors.modules = outcome(manifest.modules.length, 'Wasm modules captured');
}
