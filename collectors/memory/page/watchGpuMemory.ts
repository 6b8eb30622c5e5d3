import { replaceMethod } from '../../gpuHook/page/replaceMethod.js';
import { watchWebGlMemory } from './watchWebGlMemory.js';

/**
 * Counts the GPU memory that scripts of this realm hold: WebGPU's buffers, and WebGL's textures, renderbuffers and buffers. It
 * misses what the driver adds and what the garbage collector frees; WebGPU's textures are not counted.
 * Install it before the scripts that use the GPU start.
 * @param changed called after each allocation
 * @returns a function for the current sum, bytes
 */
export function watchGpuMemory(changed: () => void): () => number {
  let bytes = 0;
  const add = (more: number): void => {
    bytes += more;
    if (more > 0) changed();
  };
  watchWebGpu(add);
  for (const kind of [globalThis.WebGLRenderingContext, globalThis.WebGL2RenderingContext]) {
    if (kind) watchWebGlMemory(kind.prototype as WebGL2RenderingContext, add);
  }
  return () => bytes;
}

/** https://gpuweb.github.io/gpuweb/#dom-gpudevice-destroy: destroying a device destroys its buffers. */
function watchWebGpu(add: (bytes: number) => void): void {
  if (typeof GPUDevice === 'undefined') return;
  const deviceOf = new WeakMap<GPUBuffer, GPUDevice>();
  const heldBy = new WeakMap<GPUDevice, number>();
  const addTo = (device: GPUDevice, bytes: number): void => {
    heldBy.set(device, (heldBy.get(device) ?? 0) + bytes);
    add(bytes);
  };
  replaceMethod(GPUDevice.prototype, 'createBuffer', (original) => {
    return function (this: GPUDevice, descriptor: GPUBufferDescriptor) {
      const buffer = original.call(this, descriptor) as GPUBuffer;
      deviceOf.set(buffer, this);
      addTo(this, buffer.size);
      return buffer;
    };
  });
  replaceMethod(GPUBuffer.prototype, 'destroy', (original) => {
    return function (this: GPUBuffer) {
      const device = deviceOf.get(this);
      deviceOf.delete(this);
      if (device && heldBy.has(device)) addTo(device, -this.size);
      return original.call(this);
    };
  });
  replaceMethod(GPUDevice.prototype, 'destroy', (original) => {
    return function (this: GPUDevice) {
      add(-(heldBy.get(this) ?? 0));
      heldBy.delete(this);
      return original.call(this);
    };
  });
}
