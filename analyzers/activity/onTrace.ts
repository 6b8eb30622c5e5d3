import type { Trace } from '../../src/trace/trace.js';

/** The log of one realm (a page, a frame or a worker), with its place on the trace. */
export interface OnTrace<Log> {
  readonly log: Log;
  /** Row of threads: the realm's own. */
  readonly thread: number;
  /** Converts a `performance.now()` of the realm, ms, to µs on the trace clock. */
  toTraceUs(ms: number): number;
}

/** Finds a realm on the trace by the user-timing mark that it made. @returns null if the trace does not hold the mark */
export function onTrace<Log extends { readonly clock: { readonly mark: string; readonly atMs: number } }>(
  trace: Trace,
  log: Log,
): OnTrace<Log> | null {
  const { columns, length } = trace.tables.userTiming;
  const code = columns.name.strings.indexOf(log.clock.mark);
  if (code < 0) return null;
  for (let row = 0; row < length; row++) {
    if (columns.name.codes[row] !== code) continue;
    const offsetUs = columns.startUs[row]! - log.clock.atMs * 1000;
    return { log, thread: columns.thread[row]!, toTraceUs: (ms) => ms * 1000 + offsetUs };
  }
  return null;
}
