import type { ProbeKind } from '../../collectors/probes/probeModules.js';

/** What a planted run is to do. It is served to the page in the model's place. */
export interface Plan {
  /** Name of a plant in page/plants/index.ts. */
  readonly plant: string;
  /** The kernel that runs in every iteration, with and without the plant. */
  readonly base: ProbeKind;
  /** Planted in every odd block of iterations, or as `every` says, ms; zero for the twin. */
  readonly amountMs: number;
  /** Planted in every so many iterations, in place of odd blocks: 1 for all. */
  readonly every?: number;
  readonly iterations: number;
  /** Iterations of a block; 1 if not given. */
  readonly block?: number;
  /** Recorded as a run on the GPU, which it does not use. */
  readonly withGpu?: true;
  /** Address of a server that takes its time; the one who runs the plan fills it in. */
  readonly slowServer?: string;
}

/** Where the page posts what it measured around each plant: one number per prediction, ms, the warm-up's first. */
export const MEASURED_PATH = '/output/measured';
