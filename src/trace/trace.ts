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
  /** Events read, all phases. */
  readonly events: number;
  /** First and last timestamp of timed events, µs; NaN if there are none. */
  readonly startUs: number;
  readonly endUs: number;
  /** E events without a B, by which nothing was closed. */
  readonly unmatchedEnds: number;
  /** B and b events without their end; kept as unclosed. */
  readonly unclosedBegins: number;
  /** Events whose timestamp is before that of an earlier event of the same thread; sorted in. */
  readonly outOfOrder: number;
  /** Slices that overlap the end of the one around them; clipped to nothing, only counted. */
  readonly overlapping: number;
  /** Events that lack a field they need (no ph, no ts) or hold one of the wrong type; skipped. */
  readonly invalid: number;
  /** Events of phases without a table (flows, objects, memory dumps, …), by phase. */
  readonly ignored: Readonly<Record<string, number>>;
  /** Null when the file was whole; else where and why reading stopped. */
  readonly cut: { readonly atByte: number; readonly reason: string } | null;
  /** Top-level `metadata` and `otherData` values that are strings or numbers, flattened by one level. */
  readonly metadata: Readonly<Record<string, string | number>>;
}
