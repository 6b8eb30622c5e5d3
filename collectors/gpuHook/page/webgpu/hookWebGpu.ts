import { type ApiHook, apiHook } from '../apiHook.js';
import type { CallLog } from '../callLog.js';
import type { Replaced } from '../replaceMethod.js';
import { hookPasses } from './hookPasses.js';
import { hookPrograms } from './hookPrograms.js';
import { hookTransfers } from './hookTransfers.js';
import { Own } from './own.js';
import { PassTimer } from './passTimer.js';

/** https://gpuweb.github.io/gpuweb/ */
export function hookWebGpu(log: CallLog, replaced: Replaced): ApiHook {
  return apiHook((hook) => {
    if (typeof GPUAdapter === 'undefined') return async () => {};
    const own = new Own();
    const timers = new Map<GPUDevice, PassTimer>();

    const watch = (adapter: GPUAdapter, device: GPUDevice): void => {
      const isTimed = device.features.has('timestamp-query');
      const { info } = adapter;
      log.adapters.push({
        api: 'webgpu',
        vendor: info.vendor,
        architecture: info.architecture,
        description: info.description || info.device,
        // Not every version of the types knows it. https://gpuweb.github.io/gpuweb/#dom-gpuadapterinfo-isfallbackadapter
        fallback: (info as { isFallbackAdapter?: boolean }).isFallbackAdapter ?? null,
        timing: isTimed ? 'timestamps' : 'none',
      });
      if (isTimed) timers.set(device, new PassTimer(device, log, own));
      device.addEventListener('uncapturederror', ({ error }) => log.error(error.message));
      void device.lost.then(({ reason, message }) => {
        timers.delete(device);
        // A page that destroys its device has not lost it.
        if (reason !== 'destroyed') log.losses.push({ api: 'webgpu', atMs: log.now(), reason: message || 'for no reason given' });
      });
    };

    hook(GPUAdapter.prototype, 'requestDevice', 'sync', (original) => {
      return async (adapter: GPUAdapter, [descriptor]: [GPUDeviceDescriptor?]) => {
        const asked = [...(descriptor?.requiredFeatures ?? [])];
        const canTime = adapter.features.has('timestamp-query') && !asked.includes('timestamp-query');
        const more = canTime ? { ...descriptor, requiredFeatures: [...asked, 'timestamp-query'] } : descriptor;
        const device = (await original.call(adapter, more)) as GPUDevice;
        watch(adapter, device);
        return device;
      };
    });
    hookPrograms(log, hook);
    hookTransfers(log, hook, own);
    hookPasses(log, hook, own, timers);
    for (const recorder of [
      GPUDevice,
      GPUQueue,
      GPUCommandEncoder,
      GPUComputePassEncoder,
      GPURenderPassEncoder,
      GPUComputePipeline,
    ]) {
      hook.rest(recorder.prototype);
    }
    return async () => {
      for (const timer of timers.values()) await timer.settle();
    };
  }, replaced);
}
