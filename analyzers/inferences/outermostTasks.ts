import type { Trace } from '../../src/trace/trace.js';
import { rowsOfThread } from '../rows.js';

export interface OutermostTask {
  readonly startUs: number;
  readonly endUs: number;
  /** CPU time; where the trace has none, as long as it took. */
  readonly busyUs: number;
}

/** The outermost slices of a thread that the trace holds whole, by time: the tasks of its event loop. */
export function outermostTasks(trace: Trace, thread: number): OutermostTask[] {
  const { columns } = trace.tables.slices;
  const [from, to] = rowsOfThread(columns.thread, thread);
  const tasks: OutermostTask[] = [];
  for (let row = from; row < to; row++) {
    if (columns.depth[row] !== 0 || columns.unclosed[row] === 1) continue;
    const startUs = columns.startUs[row]!;
    const durationUs = columns.durationUs[row]!;
    const cpuUs = columns.cpuUs[row]!;
    tasks.push({ startUs, endUs: startUs + durationUs, busyUs: Number.isNaN(cpuUs) ? durationUs : Math.min(cpuUs, durationUs) });
  }
  return tasks;
}
