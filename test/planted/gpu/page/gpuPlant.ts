import type { WebGlChain } from './webGlChain.js';
import type { WebGpuChain } from './webGpuChain.js';

/** One cause, in a known amount. */
export interface GpuPlant {
  /** After every operator of the chain, or once behind it, when the device has nothing to do: what overlaps with its work would take no time. */
  readonly at: 'every operator' | 'end';
  act(): void | Promise<void>;
}

/** Sets a plant up: what it loads and compiles is not part of a prediction. The amount is in the plant's own measure. */
export type CreateGpuPlant<T extends WebGpuChain | WebGlChain> = (chain: T, amount: number) => GpuPlant | Promise<GpuPlant>;
