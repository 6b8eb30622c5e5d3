import type { AnalyzerInput } from '../../analyzers/input.js';
import { readEvents } from './buildRun.js';

/** An event of a Chrome trace, as far as it matters here. */
export interface RawEvent {
  readonly name?: string;
  readonly cat?: string;
  readonly ph?: string;
  readonly pid?: number | string;
  readonly tid?: number | string;
  readonly args?: { readonly name?: string };
  readonly [field: string]: unknown;
}

/** What a recording may lack. Each gives what is left of it without one source. */
export interface Stripping {
  readonly source: string;
  /** What is left of the trace's events. */
  readonly events?: (events: readonly RawEvent[]) => readonly RawEvent[];
  /** What is left of the rest of a bundle. */
  readonly rest?: Partial<AnalyzerInput>;
}

export const strippings: readonly Stripping[] = [
  { source: 'samples', events: without(({ name }) => name === 'Profile' || name === 'ProfileChunk') },
  { source: 'thread times', events: (events) => events.map(({ tdur, tts, ...event }) => event) },
  { source: 'scheduling', rest: { scheduling: null } },
  { source: 'the log of GPU calls', rest: { gpu: null } },
  { source: 'modules', rest: { modules: [] } },
  { source: 'flows', events: (events) => without(({ ph }) => ph !== undefined && 'stf'.includes(ph))(events).map(unlinked) },
  { source: 'slices of the GPU process', events: withoutGpuProcess },
  { source: 'user timing', events: without(({ cat }) => cat !== undefined && /\bblink\.user_timing\b/.test(cat)) },
];

function without(isLost: (event: RawEvent) => boolean) {
  return (events: readonly RawEvent[]): readonly RawEvent[] => events.filter((event) => !isLost(event));
}

const unlinked = ({ bind_id, flow_in, flow_out, ...event }: RawEvent): RawEvent => event;

function withoutGpuProcess(events: readonly RawEvent[]): readonly RawEvent[] {
  const named = events.filter(({ name, args }) => name === 'process_name' && /GPU/.test(args?.name ?? ''));
  const pids = new Set(named.map(({ pid }) => pid));
  return without(({ pid, ph }) => pids.has(pid) && ph !== 'M')(events);
}

/** The events of a trace file's text. */
export function eventsOf(text: string): readonly RawEvent[] {
  const document: unknown = JSON.parse(text);
  return Array.isArray(document) ? document : (document as { traceEvents: RawEvent[] }).traceEvents;
}

/** A recording without one source. */
export function stripped(input: AnalyzerInput, events: readonly RawEvent[], { events: left, rest }: Stripping): AnalyzerInput {
  return { ...input, ...(left && { trace: readEvents(left(events)) }), ...rest };
}
