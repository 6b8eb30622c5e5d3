import type { GpuRealm } from '../../../src/bundle/gpuLog.js';
import { CallLog } from './callLog.js';
import { hookRequests } from './hookRequests.js';
import type { Replaced } from './replaceMethod.js';
import { hookWebGl } from './webgl/hookWebGl.js';
import { hookWebGpu } from './webgpu/hookWebGpu.js';

export interface GpuHook {
  /** The calls so far, after the device has reported its times. */
  read(): Promise<GpuRealm>;
  /** Puts the originals back. */
  remove(): void;
}

/**
 * Records this realm's calls of WebGPU and WebGL, and has the device time the passes. Install it before the scripts that use the
 * GPU start.
 * @param replaced called for every function that replaces another
 */
export function installGpuHook(replaced: Replaced = () => {}): GpuHook {
  const log = new CallLog();
  const hooks = [hookRequests(log, replaced), hookWebGpu(log, replaced), hookWebGl(log, replaced)];
  return {
    async read() {
      for (const hook of hooks) await hook.settle();
      return log.read();
    },
    remove() {
      for (const hook of hooks) hook.undo();
    },
  };
}
