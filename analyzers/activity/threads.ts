import type { Trace } from '../../src/trace/trace.js';
import type { FoundWindows } from './window.js';

/** A thread's name and id, as trace viewers show them. Untrusted text. */
export function threadLabel(trace: Trace, thread: number): string {
  const { columns } = trace.tables.threads;
  return `${columns.name.at(thread) || 'thread'} ${columns.id.at(thread)}`;
}

/** Rows of all threads of the processes that own the windows, the warm-up and the setup. */
export function runThreads(trace: Trace, { windows, warmup, setup }: FoundWindows): number[] {
  const { pid } = trace.tables.threads.columns;
  const processes = new Set([...windows, warmup, setup].flatMap((window) => (window ? [pid[window.thread]] : [])));
  return Array.from(pid.keys()).filter((thread) => processes.has(pid[thread]));
}
