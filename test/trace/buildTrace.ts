import { TraceReader } from '../../src/trace/reader.js';
import type { Trace } from '../../src/trace/trace.js';

export type EventFields = Readonly<Record<string, unknown>>;

const defaults = { pid: 1, tid: 10, cat: 'test' };

/** Makes events of few words; what is left out is process 1, thread 10, category `test`. */
export const event = {
  complete: (name: string, ts: number, dur: number, more: EventFields = {}): EventFields => ({ ph: 'X', name, ts, dur, ...more }),
  begin: (name: string, ts: number, more: EventFields = {}): EventFields => ({ ph: 'B', name, ts, ...more }),
  end: (name: string | undefined, ts: number, more: EventFields = {}): EventFields => ({ ph: 'E', name, ts, ...more }),
  async: (ph: string, name: string | undefined, ts: number, id: unknown, more: EventFields = {}): EventFields => ({
    ph,
    name,
    ts,
    id,
    ...more,
  }),
  instant: (name: string, ts: number, more: EventFields = {}): EventFields => ({ ph: 'I', name, ts, ...more }),
  counter: (name: string, ts: number, args: EventFields): EventFields => ({ ph: 'C', name, ts, args }),
  metadata: (name: string, args: EventFields, more: EventFields = {}): EventFields => ({ ph: 'M', name, ts: 0, args, ...more }),
  profile: (startTime: number, more: EventFields = {}): EventFields => ({
    ph: 'P',
    name: 'Profile',
    ts: startTime,
    id: '0x1',
    args: { data: { startTime } },
    ...more,
  }),
  chunk: (ts: number, cpuProfile: EventFields, timeDeltas: readonly number[], more: EventFields = {}): EventFields => ({
    ph: 'P',
    name: 'ProfileChunk',
    ts,
    id: '0x1',
    tid: 99,
    args: { data: { cpuProfile, timeDeltas } },
    ...more,
  }),
};

/** The JSON of a trace, in the object form. */
export function traceText(events: readonly EventFields[], more: EventFields = {}): string {
  return JSON.stringify({ traceEvents: events.map((fields) => ({ ...defaults, ...fields })), ...more });
}

/** Reads text, pushed in one piece. */
export function readText(text: string): Trace {
  const reader = new TraceReader();
  reader.push(new TextEncoder().encode(text));
  return reader.finish();
}

export function readEvents(...events: EventFields[]): Trace {
  return readText(traceText(events));
}
