import type { MachineFacts } from './analysis.js';

/** Of all cores; below lies what a system does for itself. */
export const BUSY_SHARE = 0.2;

/** Whether other programs had a part of the machine that times may show, right before a run began; not where it was not measured. */
export function isBusy({ busyCores, cores }: Pick<MachineFacts, 'busyCores' | 'cores'>): boolean {
  return busyCores !== null && busyCores > BUSY_SHARE * cores;
}
