import { ofAsync, ofInstant, ofSlice, ofSliceEnd } from './build/args.js';
import { begin, end, point } from './build/pairMarks.js';
import type { Tables } from './build/tables.js';
import type { TraceEvent } from './text/traceEvent.js';

/** Takes an event, which has a time and is of the thread of that row, into the tables. False: there is no table for it. */
export type PhaseHandler = (tables: Tables, event: TraceEvent, thread: number) => boolean;

/**
 * What is done with each phase; of those that are not here events are only counted (flows that nobody asks for s t f, objects N O D, memory dumps v V,
 * clock syncs c, …). M, metadata, is apart, as it needs no time.
 * Source: Trace Event Format, https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
 */
export const phases: Readonly<Record<string, PhaseHandler>> = {
  X: (tables, event, thread) => tables.args.keep(ofSlice, tables.slices.complete(event, thread), event),
  B: (tables, event, thread) => tables.args.keep(ofSlice, tables.slices.begin(event, thread), event),
  E: (tables, event, thread) => tables.args.keep(ofSliceEnd, tables.slices.end(event, thread), event),
  b: (tables, event, thread) => addAsync(tables, event, thread, begin),
  e: (tables, event, thread) => addAsync(tables, event, thread, end),
  n: (tables, event, thread) => addAsync(tables, event, thread, point),
  S: (tables, event, thread) => addAsync(tables, event, thread, begin),
  F: (tables, event, thread) => addAsync(tables, event, thread, end),
  T: (tables, event, thread) => addAsync(tables, event, thread, point),
  p: (tables, event, thread) => addAsync(tables, event, thread, point),
  I: addInstant,
  i: addInstant,
  R: addInstant,
  C: (tables, event, thread) => tables.counters.add(event, thread),
  s: (tables, event, thread) => tables.flows.begin(event, thread),
  f: (tables, event, thread) => tables.flows.end(event, thread),
  P: (tables, event, thread) => tables.profiles.add(event, thread, tables.ids.of(event)),
};

function addAsync(tables: Tables, event: TraceEvent, thread: number, kind: number): true {
  const number = tables.asyncSlices.add(event, thread, kind, tables.ids.of(event));
  tables.frames.asyncEvent(event, number, kind);
  return tables.args.keep(ofAsync, number, event);
}

function addInstant(tables: Tables, event: TraceEvent, thread: number): true {
  tables.userTiming.instant(event, thread);
  return tables.args.keep(ofInstant, tables.instants.add(event, thread), event);
}
