import type { GpuLog, GpuRealm } from '../../../src/bundle/gpuLog.js';
import type { Trace } from '../../../src/trace/trace.js';
import { fact } from '../../input.js';
import { type OnTrace, onTrace } from '../onTrace.js';

/** What one realm asked of the GPU, on the trace clock. */
export type RealmOnTrace = OnTrace<GpuRealm>;

/** The realms of a log that the trace holds. */
export function gpuRealms(trace: Trace, log: GpuLog): RealmOnTrace[] {
  return log.realms.map((realm) => onTrace(trace, realm)).filter((realm) => realm !== null);
}

/** As they are written. */
const TITLES: Readonly<Record<string, string>> = { webgl: 'WebGL', webgpu: 'WebGPU' };

/** The API through which a backend uses the GPU, which the backend is named after: "WebGL", "WebGPU". Null if it computes on the CPU. */
export function gpuApi(backend: string): string | null {
  return Object.hasOwn(TITLES, backend) ? TITLES[backend]! : null;
}

/** The calls of the GPU's API that were written down, on the trace clock. */
export const gpuRealmsOnTrace = fact('gpuRealms', ({ input: { trace, gpu } }) => (trace && gpu ? gpuRealms(trace, gpu) : []));
