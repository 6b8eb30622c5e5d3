import type { GpuLog } from '../../src/bundle/gpuLog.js';
import type { Trace } from '../../src/trace/trace.js';
import { onTrace } from '../onTrace.js';
import type { RealmOnTrace } from './gpuRealm.js';

/** The realms of a log that the trace holds. */
export function gpuRealms(trace: Trace, log: GpuLog): RealmOnTrace[] {
  return log.realms.map((realm) => onTrace(trace, realm)).filter((realm) => realm !== null);
}
