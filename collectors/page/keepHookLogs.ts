import type { GpuRealm } from '../../src/bundle/gpuLog.js';
import type { PageManifest } from '../../src/bundle/pageManifest.js';
import type { WasmRealm } from '../../src/bundle/wasmLog.js';
import type { HookedModule, HookProblem, RealmLogs } from '../pageHook/hooked.js';
import type { PageRecord } from './pageRecord.js';

/** Writes into the bundle what hooks wrote down, and into its manifest how much that is and what of it could not be had. */
export async function keepHookLogs(
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
