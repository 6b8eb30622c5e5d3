import { ALL_PASSES, type Passes } from '../passes.js';

/** What a run of a round makes: one timed process in each, so that the rounds are the replicates; what is recorded besides, in the first. */
export function passesOf(round: number): Passes {
  return round === 0 ? { ...ALL_PASSES, replicates: 1 } : { replicates: 1, trace: false, kernels: false, memory: false };
}
