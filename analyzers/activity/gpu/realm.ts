import { type GpuLog, type GpuRealm, usedGpu } from '../../../src/bundle/gpuLog.js';
import type { Trace } from '../../../src/trace/trace.js';
import { fact } from '../../input.js';
import { type OnTrace, onTrace } from '../onTrace.js';
import { asksForAnswer } from './calls.js';

/** The recorded GPU calls of one realm, with its place on the trace. */
export type RealmOnTrace = OnTrace<GpuRealm>;

/** The realms of a log that used the GPU, and whose marks the trace holds. */
export function gpuRealms(trace: Trace, log: GpuLog): RealmOnTrace[] {
  return log.realms
    .filter(usedGpu)
    .map((realm) => onTrace(trace, realm))
    .filter((realm) => realm !== null);
}

/**
 * Returns whether a call of a log belongs to inferences, by its context. A context that is never asked for what it computed draws
 * pictures. All calls count if the log does not tell contexts apart.
 */
export function callsOfRun({ names, calls }: GpuRealm): (call: number) => boolean {
  const { context } = calls;
  if (context === undefined) return () => true;
  const asks = names.map(asksForAnswer);
  const asked = new Set<number>();
  for (let call = 0; call < context.length; call++) if (asks[calls.name[call]!]) asked.add(context[call]!);
  return (call) => asked.has(context[call]!);
}

/** Names of APIs as they are written, by backend. */
const TITLES: Readonly<Record<string, string>> = { webgl: 'WebGL', webgpu: 'WebGPU' };

/** The GPU API that a backend is named after: "WebGL" or "WebGPU". Null if it computes on the CPU. */
export function gpuApi(backend: string): string | null {
  return Object.hasOwn(TITLES, backend) ? TITLES[backend]! : null;
}

/** The recorded calls of GPU APIs, on the trace clock; empty without a trace or a log. */
export const gpuRealmsOnTrace = fact('gpuRealms', ({ input: { trace, gpu } }) => (trace && gpu ? gpuRealms(trace, gpu) : []));
