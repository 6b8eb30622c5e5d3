import type { Recorded } from './record.js';

/**
 * CPU time of the owner in each window, ms, by the kernel's clock of the thread, which Chrome reads at the marks of the window's edges: exact,
 * and nothing to do with samples. The kernel's scheduling figures tell it only as of the last tick.
 * @returns NaN for windows at whose edge the thread lost its core before the mark
 */
export function ranMs({ split }: Recorded): number[] {
  return split.windows.map(({ window }) => (window.endUs - window.startUs - window.offCpuUs) / 1000);
}
