import { rowsOfThread } from '../../analyzers/activity/search.js';
import type { Recorded } from './record.js';

/**
 * How long threads were on a core, or runnable without one, in each window, ms, by the kernel's own figures, read every other
 * millisecond. Nothing of the trace but the window's edges and the thread's id goes into it.
 * @param of the thread that owns the windows, all in its process that run JavaScript or Wasm, together, or everyone that was asked after
 * @returns NaN for windows before the kernel was asked
 */
export function scheduledMs(
  { input, split, kernel, kernelFromUs }: Recorded,
  what: 'ranUs' | 'waitedUs',
  of: 'owner' | 'all' | 'everyone',
): number[] {
  const { threads, samples } = input.trace!.tables;
  const isSampled = (thread: number): boolean => {
    const [from, to] = rowsOfThread(samples.columns.thread, thread);
    return to > from;
  };
  return split.windows.map(({ window }) => {
    if (window.startUs < kernelFromUs) return Number.NaN;
    const pid = threads.columns.pid[window.thread];
    const counted = kernel.filter(
      ({ row }) =>
        row === window.thread || of === 'everyone' || (of === 'all' && threads.columns.pid[row] === pid && isSampled(row)),
    );
    return counted.reduce((sum, thread) => sum + thread.during([window])[what], 0) / 1000;
  });
}
