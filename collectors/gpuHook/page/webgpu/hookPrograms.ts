import type { Hook } from '../apiHook.js';
import type { CallLog } from '../callLog.js';

type Descriptor = GPUComputePipelineDescriptor | GPURenderPipelineDescriptor;

/** Shaders, and the pipelines made of them: how often, from where, and whether the same again. */
export function hookPrograms(log: CallLog, hook: Hook): void {
  const programOf = new WeakMap<GPUShaderModule, number>();
  const pipeline = (descriptor: Descriptor): number => {
    const { module, entryPoint, constants } = 'compute' in descriptor ? descriptor.compute : descriptor.vertex;
    const key = [programOf.get(module), entryPoint, JSON.stringify(constants)].join('\n');
    return log.program(`pipeline\n${key}`, descriptor.label ?? '');
  };

  hook(GPUDevice.prototype, 'createShaderModule', 'compile', (original) => {
    return (device: GPUDevice, [descriptor]: [GPUShaderModuleDescriptor], below) => {
      const program = log.program(descriptor.code, descriptor.label ?? '');
      const { result } = log.timed('createShaderModule', { program, below }, () => original.call(device, descriptor));
      programOf.set(result as GPUShaderModule, program);
      return result;
    };
  });
  for (const name of ['createComputePipeline', 'createRenderPipeline']) {
    hook(GPUDevice.prototype, name, 'compile', (original) => (device: GPUDevice, [descriptor]: [Descriptor], below) => {
      const program = pipeline(descriptor);
      return log.timed(name, { program, below }, () => original.call(device, descriptor)).result;
    });
  }
  for (const name of ['createComputePipelineAsync', 'createRenderPipelineAsync']) {
    hook(GPUDevice.prototype, name, 'compile', (original) => (device: GPUDevice, [descriptor]: [Descriptor], below) => {
      const program = pipeline(descriptor);
      return log.promised(name, { program, below }, () => original.call(device, descriptor) as Promise<unknown>);
    });
  }
}
