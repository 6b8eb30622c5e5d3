import type { CreateGpuPlant } from '../gpuPlant.js';
import type { WebGpuChain } from '../webGpuChain.js';

/** So many megabytes for the GPU, written by the page. */
export const uploadToBuffer: CreateGpuPlant<WebGpuChain> = ({ device, buffer }, megabytes) => {
  const bytes = new Uint8Array(megabytes * 1e6).fill(1);
  const to = buffer(bytes.length, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST);
  return { at: 'end', act: () => device.queue.writeBuffer(to, 0, bytes) };
};
