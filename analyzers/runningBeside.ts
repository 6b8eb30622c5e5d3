import type { Trace } from '../src/trace/trace.js';
import { firstReachingInto } from './firstReachingInto.js';
import { rowsOfThread } from './rows.js';
import { threadLabel } from './threadLabel.js';
import type { Window } from './windows.js';

/**
 * CPU time that the other threads of the trace spent on their tasks during the windows, by thread, largest first, µs: who had the
 * cores meanwhile. Of a task that a window cuts, in proportion. Threads without thread times are left out.
 */
export function runningBeside(trace: Trace, windows: readonly Window[]): { readonly thread: string; readonly cpuUs: number }[] {
  const { columns } = trace.tables.slices;
  const found: { thread: string; cpuUs: number }[] = [];
  for (let thread = 0; thread < trace.tables.threads.length; thread++) {
    const [from, to] = rowsOfThread(columns.thread, thread);
    let cpuUs = 0;
    for (const { thread: owner, startUs, endUs } of windows) {
      if (thread === owner) continue;
      for (let row = firstReachingInto(trace, startUs, from, to); row < to && columns.startUs[row]! < endUs; row++) {
        if (columns.depth[row] !== 0) continue;
        const start = columns.startUs[row]!;
        const durationUs = columns.durationUs[row]!;
        const insideUs = Math.min(start + durationUs, endUs) - Math.max(start, startUs);
        if (insideUs > 0 && columns.cpuUs[row]! > 0) cpuUs += (columns.cpuUs[row]! * insideUs) / durationUs;
      }
    }
    if (cpuUs > 0) found.push({ thread: threadLabel(trace, thread), cpuUs });
  }
  return found.sort((a, b) => b.cpuUs - a.cpuUs);
}
