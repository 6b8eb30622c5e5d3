import type { CreateGpuPlant } from '../gpuPlant.js';
import type { WebGlChain } from '../webGlChain.js';

/** So many calls after every operator whose answer the GPU process has to give. */
export const askingForErrors: CreateGpuPlant<WebGlChain> = ({ gl }, amount) => ({
  at: 'every operator',
  act() {
    for (let call = 0; call < amount; call++) gl.getError();
  },
});

/** So many pixels read after every operator: each waits for all work until then. */
export const readingPixels: CreateGpuPlant<WebGlChain> = ({ readPixel }, amount) => ({
  at: 'every operator',
  act() {
    for (let call = 0; call < amount; call++) readPixel();
  },
});
