import type { CollectOptions } from '../collectOptions.js';

/** As many fresh processes as give an interval between them; and as many as it may take where predictions differ. */
export const REPLICATES = { min: 4, max: 8 };

/** The largest number of fresh processes that the timing pass makes. Each has at least one prediction. */
export function replicatesOf({
  iterations,
  passes,
  processes,
}: Pick<CollectOptions, 'iterations' | 'passes' | 'processes'>): number {
  if (!passes.includes('timing')) return 0;
  const wanted = processes ?? (iterations === null ? REPLICATES.max : REPLICATES.min);
  return iterations === null ? wanted : Math.min(wanted, iterations);
}
