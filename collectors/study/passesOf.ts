import type { CollectOptions } from '../collectOptions.js';
import { PASS_NAMES } from '../passes.js';

/** What a run of a round makes: one timed process in each, so that the rounds are the replicates; what is recorded besides, in the first. */
export function passesOf(round: number): Pick<CollectOptions, 'passes' | 'processes'> {
  return { passes: round === 0 ? PASS_NAMES : ['timing'], processes: 1 };
}
