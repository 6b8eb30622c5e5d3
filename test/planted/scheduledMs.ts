import { rowsOfThread } from '../../analyzers/rows.js';
import type { Window } from '../../analyzers/windows.js';
import type { Recorded } from './record.js';

/**
 * How long threads were on a core, or runnable without one, in each window, ms, by the kernel's own figures in sched.json: read every so many
 * milliseconds and interpolated, so over many windows they are exact and within one they are not. Nothing of the trace but the
 * window's edges and the thread's id goes into it.
 * @param of the thread that owns the windows, or all in its process that run JavaScript or Wasm, together
 */
export function scheduledMs(
  { input, split }: Recorded,
  what: 'ranUs' | 'waitedUs',
  of: 'owner' | 'all',
  windows: Recorded['split']['windows'] = split.windows,
): number[] {
  const { scheduling, trace } = input;
  const { pid, tid } = trace!.tables.threads.columns;
  const sampledThreads = (owner: number): number[] =>
    Array.from(pid, (_, thread) => thread).filter((thread) => {
      const [from, to] = rowsOfThread(trace!.tables.samples.columns.thread, thread);
      return pid[thread] === pid[owner] && (thread === owner || (of === 'all' && to > from));
    });
  return windows.map(({ window }) =>
    sampledThreads(window.thread).reduce((sum, thread) => {
      const known = scheduling!.threads.findIndex((each) => each.pid === pid[thread] && each.traceTid === tid[thread]);
      return sum + (known < 0 ? 0 : growth(scheduling!.samples, what, known, window));
    }, 0),
  );
}

function growth(
  samples: NonNullable<Recorded['input']['scheduling']>['samples'],
  what: 'ranUs' | 'waitedUs',
  thread: number,
  window: Window,
): number {
  const sum = samples[what];
  const rows = samples.thread.flatMap((each, row) => (each === thread ? [row] : []));
  const valueAt = (timeUs: number): number => {
    const after = rows.findIndex((row) => samples.atUs[row]! >= timeUs);
    if (after === 0) return sum[rows[0]!]!;
    if (after < 0) return sum[rows.at(-1)!] ?? 0;
    const [left, right] = [rows[after - 1]!, rows[after]!];
    const part = (timeUs - samples.atUs[left]!) / (samples.atUs[right]! - samples.atUs[left]!);
    return sum[left]! + part * (sum[right]! - sum[left]!);
  };
  return rows.length === 0 ? 0 : (valueAt(window.endUs) - valueAt(window.startUs)) / 1000;
}
