import type { Trace } from '../../src/trace/trace.js';
import type { Window } from '../windows.js';
import { asWindows } from './asWindows.js';
import { closedMeasures } from './closedMeasures.js';

/** The user timing that is wanted, as windows of the threads that made it. */
export function measureWindows(trace: Trace, wanted: (row: number) => boolean, untilUs?: number): Window[] {
  const { columns } = trace.tables.userTiming;
  const spans: Omit<Window, 'offCpuUs'>[] = [];
  for (const row of closedMeasures(trace, untilUs)) {
    if (!wanted(row)) continue;
    const startUs = columns.startUs[row]!;
    spans.push({ thread: columns.thread[row]!, startUs, endUs: startUs + columns.durationUs[row]! });
  }
  return asWindows(trace, spans);
}
