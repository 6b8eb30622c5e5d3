import type { CreateGpuPlant } from '../gpuPlant.js';
import type { WebGpuChain } from '../webGpuChain.js';

/** What an operator made is read back after each of them: every wait for it is a round trip. */
export const readingBack: CreateGpuPlant<WebGpuChain> = ({ readBack }) => ({ at: 'every operator', act: readBack });
