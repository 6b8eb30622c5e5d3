import type { Trace } from '../../../src/trace/trace.js';
import { RunBuilder } from '../buildRun.js';

/** What the compositor reports of a frame. */
export interface FrameReport {
  /** Null: the trace does not number it. */
  readonly sequence: number | null;
  readonly state: string;
  readonly startMs?: number;
  readonly endMs?: number;
  readonly kind?: 'FORKED' | 'BACKFILL';
  readonly affectsSmoothness?: boolean;
  readonly mainAnimation?: boolean;
  readonly source?: number;
  readonly host?: number;
  /** Number of its renderer, from 1. */
  readonly process?: number;
}

/** A trace with these frames; those of one process are on its compositor's thread. */
export function framesTrace(reports: readonly FrameReport[]): Trace {
  const run = new RunBuilder();
  const processes = [...new Set(reports.map(({ process = 1 }) => process))].sort();
  const threads = new Map(processes.map((process) => [process, run.thread('Compositor', 100 + process)]));
  for (const report of reports) {
    const { sequence, startMs = 0, endMs = startMs + 1, kind, source = 1, host = 1, process = 1 } = report;
    const frame_reporter = {
      state: report.state,
      affects_smoothness: report.affectsSmoothness ?? false,
      has_main_animation: report.mainAnimation ?? false,
      frame_source: source,
      layer_tree_host_id: host,
      ...(sequence !== null && { frame_sequence: sequence }),
      ...(kind && { frame_type: kind }),
    };
    threads.get(process)!.frame(frame_reporter, startMs, endMs);
  }
  return run.trace();
}
