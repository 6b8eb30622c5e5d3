import type { Trace } from '../src/trace/trace.js';

/** A thread's name with its id, as a reader of a trace knows it. Untrusted text. */
export function threadLabel(trace: Trace, thread: number): string {
  const { columns } = trace.tables.threads;
  return `${columns.name.at(thread) || 'thread'} ${columns.tid[thread]}`;
}
