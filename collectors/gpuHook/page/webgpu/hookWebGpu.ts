import { type ApiHook, apiHook, type Hook } from '../apiHook.js';
import type { CallLog } from '../callLog.js';
import type { Replaced } from '../replaceMethod.js';
import { hookPasses } from './hookPasses.js';
import { hookTransfers } from './hookTransfers.js';
import { Own, PassTimer } from './passTimer.js';

/** https://gpuweb.github.io/gpuweb/ */
export function hookWebGpu(log: CallLog, replaced: Replaced): ApiHook {
  return apiHook((hook) => {
    if (typeof GPUAdapter === 'undefined') return async () => {};
    const own = new Own();
    const timers = new Map<GPUDevice, PassTimer>();

    const watch = (adapter: GPUAdapter, device: GPUDevice): void => {
      const isTimed = device.features.has('timestamp-query');
      const { info } = adapter;
      log.belongs(device.queue, device);
      log.adapters.push({
        api: 'webgpu',
        vendor: info.vendor,
        architecture: info.architecture,
        description: info.description || info.device,
        // Some versions of the types lack it. https://gpuweb.github.io/gpuweb/#dom-gpuadapterinfo-isfallbackadapter
        fallback: (info as { isFallbackAdapter?: boolean }).isFallbackAdapter ?? null,
        timing: isTimed ? 'timestamps' : 'none',
      });
      if (isTimed) timers.set(device, new PassTimer(device, log, own));
      device.addEventListener('uncapturederror', ({ error }) => log.error(error.message));
      void device.lost.then(({ reason, message }) => {
        timers.delete(device);
        // A device that the page destroys is not lost.
        if (reason !== 'destroyed') log.losses.push({ api: 'webgpu', atMs: log.now(), reason: message || 'for no reason given' });
      });
    };

    hook(GPUAdapter.prototype, 'requestDevice', 'sync', (original) => {
      return async (adapter: GPUAdapter, [descriptor]: [GPUDeviceDescriptor?]) => {
        const asked = [...(descriptor?.requiredFeatures ?? [])];
        const canTime = adapter.features.has('timestamp-query') && !asked.includes('timestamp-query');
        const more = canTime ? { ...descriptor, requiredFeatures: [...asked, 'timestamp-query'] } : descriptor;
        const device = await log.asked('device', original.call(adapter, more) as Promise<GPUDevice>);
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

type Descriptor = GPUComputePipelineDescriptor | GPURenderPipelineDescriptor;

/** Shaders, and the pipelines made from them: how often, from where, and whether repeated. */
function hookPrograms(log: CallLog, hook: Hook): void {
  const programOf = new WeakMap<GPUShaderModule, number>();
  const pipeline = (descriptor: Descriptor): number => {
    const { module, entryPoint, constants } = 'compute' in descriptor ? descriptor.compute : descriptor.vertex;
    const key = [programOf.get(module), entryPoint, JSON.stringify(constants)].join('\n');
    return log.program(`pipeline\n${key}`, descriptor.label ?? '');
  };

  hook(GPUDevice.prototype, 'createShaderModule', 'compile', (original) => {
    return (device: GPUDevice, [descriptor]: [GPUShaderModuleDescriptor], below) => {
      const program = log.program(descriptor.code, descriptor.label ?? '');
      const { result } = log.timed('createShaderModule', { program, context: log.contextOf(device), below }, () =>
        original.call(device, descriptor),
      );
      programOf.set(result as GPUShaderModule, program);
      return result;
    };
  });
  for (const name of ['createComputePipeline', 'createRenderPipeline']) {
    hook(GPUDevice.prototype, name, 'compile', (original) => (device: GPUDevice, [descriptor]: [Descriptor], below) => {
      const program = pipeline(descriptor);
      const facts = { program, context: log.contextOf(device), below };
      return log.timed(name, facts, () => original.call(device, descriptor)).result;
    });
  }
  for (const name of ['createComputePipelineAsync', 'createRenderPipelineAsync']) {
    hook(GPUDevice.prototype, name, 'compile', (original) => (device: GPUDevice, [descriptor]: [Descriptor], below) => {
      const program = pipeline(descriptor);
      const facts = { program, context: log.contextOf(device), below };
      return log.promised(name, facts, () => original.call(device, descriptor) as Promise<unknown>);
    });
  }
}
