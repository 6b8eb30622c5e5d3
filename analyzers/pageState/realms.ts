import type { GpuRealm } from '../../src/bundle/gpuLog.js';
import type { PageManifest } from '../../src/bundle/pageManifest.js';
import type { WasmRealm } from '../../src/bundle/wasmLog.js';
import type { Trace } from '../../src/trace/trace.js';
import { onTrace } from '../activity/onTrace.js';
import { threadLabel } from '../activity/threads.js';

type Made = NonNullable<PageManifest['realms']>[number];

/** Workers of a page, and frames of other sites. */
export interface Realms {
  readonly dedicated: number;
  readonly shared: number;
  readonly service: number;
  readonly frames: number;
  /** By kind and address, which is untrusted text. */
  readonly made: readonly Made[];
  /** Whether threads that called into Wasm or the GPU are cross-origin isolated. */
  readonly isolation: readonly { readonly thread: string; readonly crossOriginIsolated: boolean }[];
}

/** Only an isolated realm has a clock with such steps. https://w3c.github.io/hr-time/#dfn-coarsen-time */
const ISOLATED_STEP_MS = 0.005;

export function realmsOf(made: readonly Made[], trace: Trace | null, logs: readonly (WasmRealm | GpuRealm)[]): Realms {
  const count = (kind: Made['kind']): number => made.reduce((sum, each) => sum + (each.kind === kind ? each.count : 0), 0);
  const isolation = new Map<string, boolean>();
  for (const log of logs) {
    const realm = trace && onTrace(trace, log);
    if (realm) isolation.set(threadLabel(trace, realm.thread), log.clock.stepMs <= ISOLATED_STEP_MS);
  }
  return {
    dedicated: count('dedicated'),
    shared: count('shared'),
    service: count('service'),
    frames: count('frame'),
    made,
    isolation: [...isolation].map(([thread, crossOriginIsolated]) => ({ thread, crossOriginIsolated })),
  };
}
