import type { Trace } from '../../src/trace/trace.js';
import { rowsOfThread } from '../rows.js';

export interface OutermostTask {
  readonly startUs: number;
  readonly endUs: number;
}

/** The outermost slices of a thread that the trace holds whole, by time: the tasks of its event loop. */
export function outermostTasks(trace: Trace, thread: number): OutermostTask[] {
  const { columns } = trace.tables.slices;
  const [from, to] = rowsOfThread(columns.thread, thread);
  const tasks: OutermostTask[] = [];
  for (let row = from; row < to; row++) {
    if (columns.depth[row] !== 0 || columns.unclosed[row] === 1) continue;
    const startUs = columns.startUs[row]!;
    tasks.push({ startUs, endUs: startUs + columns.durationUs[row]! });
  }
  return tasks;
}
