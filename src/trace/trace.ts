import type { Table } from '../table/table.js';
import type { traceSchema } from './schema.js';

export type TraceTableName = keyof typeof traceSchema;

/** One trace, read: its tables, and what reading it was like. */
export interface Trace {
  readonly tables: { readonly [K in TraceTableName]: Table<(typeof traceSchema)[K]> };
  readonly reading: TraceReading;
}

/** What the reader saw. Nothing is dropped in silence: what has no table is counted here. */
export interface TraceReading {
  /** Decompressed bytes read. */
  readonly bytes: number;
  /** Events read, all phases, the invalid ones too. */
  readonly events: number;
  /** First timestamp and last end of timed events (all but metadata), µs; NaN if there are none. */
  readonly startUs: number;
  readonly endUs: number;
  /** E, e and F events by which nothing was closed. */
  readonly unmatchedEnds: number;
  /** B, b and S events without their end, and X events without a duration; kept as unclosed. */
  readonly unclosedBegins: number;
  /** Events whose timestamp is before that of an earlier event of the same thread; sorted in. */
  readonly outOfOrder: number;
  /** Slices that end after the one they begin in; kept as they are. Unclosed ones are not counted, as their end is not known. */
  readonly overlapping: number;
  /** Events that lack a field they need (no ph, no ts) or hold one of the wrong type; skipped. */
  readonly invalid: number;
  /** Events without a table (flows, objects, memory dumps, other metadata, …), by phase; `stackFrames samples` are Hermes’s. */
  readonly ignored: Readonly<Record<string, number>>;
  /** Null when the file was whole; else where and why reading stopped. */
  readonly cut: { readonly atByte: number; readonly reason: string } | null;
  /** Strings and numbers in the top-level `metadata` and `otherData`; of an object inside them by `key.key`. */
  readonly metadata: Readonly<Record<string, string | number>>;
}
