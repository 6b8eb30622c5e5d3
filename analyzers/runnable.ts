import type { KernelThread } from './kernelFigures.js';
import type { OffCpu } from './offCpu.js';
import type { Window } from './windows.js';

/** Of the time off the CPU, the fraction in which a core was what lacked. In the rest the thread slept, though not on purpose. */
export interface Runnable {
  readonly inCauses: number;
  readonly elsewhere: number;
}

/** Where nothing but thread times is known, all of it counts. */
export const ALL_RUNNABLE: Runnable = { inCauses: 1, elsewhere: 1 };

/**
 * How much of the time off the CPU the owner waited for a core, by the kernel's word, which holds for all windows together. A thread
 * that V8 holds until its helpers are done (a garbage collection, a compilation) is off the CPU, too, and nobody has taken its core:
 * what exceeds the kernel's figure belongs to such slices first.
 */
export function runnable(
  windows: readonly { readonly window: Window; readonly off: OffCpu }[],
  owner: KernelThread | undefined,
): Runnable {
  if (!owner) return ALL_RUNNABLE;
  const inCausesUs = windows.reduce((sum, { off }) => sum + off.inCausesUs, 0);
  const elsewhereUs = windows.reduce((sum, { off }) => sum + off.elsewhereUs, 0);
  const { waitedUs } = owner.during(windows.map(({ window }) => window));
  const blockedUs = Math.max(0, inCausesUs + elsewhereUs - waitedUs);
  const blockedInCausesUs = Math.min(blockedUs, inCausesUs);
  return {
    inCauses: inCausesUs > 0 ? 1 - blockedInCausesUs / inCausesUs : 1,
    elsewhere: elsewhereUs > 0 ? 1 - (blockedUs - blockedInCausesUs) / elsewhereUs : 1,
  };
}
