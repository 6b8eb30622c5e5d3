import type { GpuRealm } from '../../../src/bundle/gpuLog.js';
import { CallLog } from './callLog.js';
import type { Replaced } from './replaceMethod.js';
import { hookWebGl } from './webgl/hookWebGl.js';
import { hookWebGpu } from './webgpu/hookWebGpu.js';

export interface GpuHook {
  /** What was asked of the GPU until now, once the device has told its times. */
  read(): Promise<GpuRealm>;
  /** Puts the originals back. */
  remove(): void;
}

/**
 * Writes down what this realm asks of the GPU, through WebGPU or WebGL, by any script: it stands between the scripts and the API, and
 * has the device time the passes. Install it before the scripts that use the GPU begin.
 * @param replaced told of every function that stands in the place of another
 */
export function installGpuHook(replaced: Replaced = () => {}): GpuHook {
  const log = new CallLog();
  const hooks = [hookWebGpu(log, replaced), hookWebGl(log, replaced)];
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
