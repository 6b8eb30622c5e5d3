import type { CollectOptions } from '../collectOptions.js';

/**
 * Number of fresh processes: the fewest that give an interval between processes, and the most that are made if predictions
 * differ.
 */
export const REPLICATES = { min: 4, max: 8 };

/** The largest number of fresh processes of the timing pass. Each has at least one prediction. */
export function replicatesOf({
  iterations,
  passes,
  processes,
}: Pick<CollectOptions, 'iterations' | 'passes' | 'processes'>): number {
  if (!passes.includes('timing')) return 0;
  const wanted = processes ?? (iterations === null ? REPLICATES.max : REPLICATES.min);
  return iterations === null ? wanted : Math.min(wanted, iterations);
}
