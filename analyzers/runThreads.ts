import type { Trace } from '../src/trace/trace.js';
import type { FoundWindows } from './windows.js';

/** Rows of all threads of the processes that own the windows, the warm-up and the set-up. */
export function runThreads(trace: Trace, { windows, warmup, setup }: FoundWindows): number[] {
  const { pid } = trace.tables.threads.columns;
  const processes = new Set([...windows, warmup, setup].flatMap((window) => (window ? [pid[window.thread]] : [])));
  return Array.from(pid.keys()).filter((thread) => processes.has(pid[thread]));
}
