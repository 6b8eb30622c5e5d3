import { median } from 'simple-statistics';
import type { Trace } from '../../src/trace/trace.js';
import { series } from '../activity/scheduling.js';
import { threadLabel } from '../activity/threads.js';

export interface TraceFacts {
  readonly events: number;
  readonly bytes: number;
  readonly durationMs: number;
  /** Ids are numbers, or as the trace writes them where they are none. Untrusted text, as names. */
  readonly processes: readonly { readonly pid: number | string; readonly name: string; readonly threads: number }[];
  /** User-timing measures by name, most frequent first, for choosing a --mark. */
  readonly measures: readonly { readonly name: string; readonly count: number; readonly medianMs: number }[];
  readonly busiestThreads: readonly { readonly thread: string; readonly busyMs: number; readonly sampled: boolean }[];
}

const SHOWN = 12;

/** An overview of a trace, for users who did not record it themselves. */
export function describeTrace(trace: Trace): TraceFacts {
  const { tables, reading } = trace;
  const { columns: threads } = tables.threads;
  const threadsOf = new Map<number, number>();
  for (const process of threads.process) threadsOf.set(process, (threadsOf.get(process) ?? 0) + 1);
  return {
    events: reading.events,
    bytes: reading.bytes,
    durationMs: reading.endUs >= reading.startUs ? (reading.endUs - reading.startUs) / 1000 : 0,
    processes: Array.from(tables.processes.columns.pid.keys(), (row) => ({
      pid: idOf(tables.processes.columns.id.at(row)),
      name: tables.processes.columns.name.at(row),
      threads: threadsOf.get(row) ?? 0,
    })).filter((process) => process.threads > 0),
    measures: measuresOf(trace),
    busiestThreads: busiestThreads(trace),
  };
}

/** A number where the text is how a number is written. */
function idOf(text: string): number | string {
  const value = Number(text);
  return String(value) === text ? value : text;
}

/** User-timing measures by name, most frequent first. Names are untrusted text. */
export function measuresOf(trace: Trace): TraceFacts['measures'] {
  const { columns, length } = trace.tables.userTiming;
  const seriesOf = series(columns.name);
  const lengthsOf = new Map<string, number[]>();
  for (let row = 0; row < length; row++) {
    if (columns.kind.at(row) === 'mark' || columns.unclosed[row] === 1) continue;
    const name = seriesOf(row);
    const lengths = lengthsOf.get(name) ?? [];
    lengths.push(columns.durationUs[row]! / 1000);
    lengthsOf.set(name, lengths);
  }
  return [...lengthsOf]
    .map(([name, lengths]) => ({ name, count: lengths.length, medianMs: median(lengths) }))
    .sort((a, b) => b.count - a.count)
    .slice(0, SHOWN);
}

function busiestThreads(trace: Trace): TraceFacts['busiestThreads'] {
  const { columns, length } = trace.tables.slices;
  const busyUs = new Float64Array(trace.tables.threads.length);
  for (let row = 0; row < length; row++) {
    if (columns.depth[row] === 0) busyUs[columns.thread[row]!]! += columns.durationUs[row]!;
  }
  const sampled = new Set(trace.tables.callFrames.columns.thread);
  return Array.from(busyUs, (us, thread) => ({
    thread: threadLabel(trace, thread),
    busyMs: us / 1000,
    sampled: sampled.has(thread),
  }))
    .filter(({ busyMs }) => busyMs > 0)
    .sort((a, b) => b.busyMs - a.busyMs)
    .slice(0, SHOWN);
}
