import type { GpuRealm } from '../../src/bundle/gpuLog.js';
import type { OnTrace } from '../onTrace.js';

/** What one realm asked of the GPU, on the trace clock. */
export type RealmOnTrace = OnTrace<GpuRealm>;
