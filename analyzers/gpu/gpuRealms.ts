import type { GpuLog } from '../../src/bundle/gpuLog.js';
import type { Trace } from '../../src/trace/trace.js';
import { gpuRealm, type RealmOnTrace } from './gpuRealm.js';

/** The realms of a log that the trace holds. */
export function gpuRealms(trace: Trace, log: GpuLog): RealmOnTrace[] {
  return log.realms.map((realm) => gpuRealm(trace, realm)).filter((realm) => realm !== null);
}
