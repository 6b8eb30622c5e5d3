import { max, min } from 'simple-statistics';
import type { Trace } from '../../src/trace/trace.js';
import { type StageTimes, stageTimes } from './stages.js';

/** One input event, from when it was made until its effect was shown. */
export interface InputLatency {
  readonly startUs: number;
  readonly durationUs: number;
  /** KEY_PRESSED, MOUSE_RELEASED, … */
  readonly type: string;
  /** Whether a frame shows its effect. A released key changes nothing, for one. */
  readonly isShown: boolean;
  /** Where the time went, in Chromium’s stages and their order. They sum to the duration. */
  readonly stages: readonly { readonly name: string; readonly us: number }[];
}

/** What a user did, such as a click or a key that was pressed: all events of it have one id. */
export interface Interaction {
  /** Of its longest event: from the input to the next frame that shows its effect. */
  readonly startUs: number;
  readonly latencyUs: number;
  /** Until its handlers began. */
  readonly delayUs: number;
  readonly processingUs: number;
  /** From the end of the handlers to the frame. */
  readonly presentationUs: number;
  /**
   * Where its time went, from the device to the display. Null where the trace does not tell, as of a released key that is the longest event
   * of its interaction: it changes nothing, so no frame is its.
   */
  readonly stages: StageTimes | null;
}

/** Inputs start together with the event that they became if they are apart by rounding only, µs. */
export const SAME_US = 1.5;

/**
 * Inputs of a process, by Chromium’s EventLatency events. Which stages there are depends on the way that an input took, so they are
 * read as they are nested.
 * https://source.chromium.org/chromium/chromium/src/+/main:cc/metrics/event_latency_tracing_recorder.cc
 */
export function inputLatencies(trace: Trace, pid: number): InputLatency[] {
  const { columns, length } = trace.tables.asyncSlices;
  const args = asyncArgs(trace);
  const found = new Map<number, InputLatency & { readonly stages: { name: string; us: number }[] }>();
  const open = new Map<number, number>();
  for (let row = 0; row < length; row++) {
    if (columns.unclosed[row] === 1 || trace.tables.threads.columns.pid[columns.thread[row]!] !== pid) continue;
    const startUs = columns.startUs[row]!;
    const durationUs = columns.durationUs[row]!;
    const lane = columns.id.codes[row]!;
    if (columns.name.at(row) === 'EventLatency') {
      const { type = '', surface } = argsOf(args, row);
      found.set(row, { startUs, durationUs, type, isShown: surface !== undefined, stages: [] });
      open.set(lane, row);
      continue;
    }
    const around = open.get(lane);
    const input = around === undefined ? undefined : found.get(around);
    if (!input || columns.depth[row] !== columns.depth[around!]! + 1) continue;
    const isInside = startUs + durationUs <= input.startUs + input.durationUs + SAME_US;
    if (isInside) input.stages.push({ name: columns.name.at(row), us: durationUs });
  }
  return [...found.values()];
}

/**
 * Interactions of a process, by its EventTiming events, which say more precisely what the page’s own Event Timing does. The latency
 * of one is that of its longest event. Its handlers are those of all its events that the same frame shows, as a click is the last of
 * several. https://w3c.github.io/event-timing/#sec-interactionid
 * Its stages are those of the input that it began with.
 */
export function interactions(trace: Trace, pid: number): Interaction[] {
  const { columns, length } = trace.tables.asyncSlices;
  const args = asyncArgs(trace);
  const events = new Map<number, TimedEvent[]>();
  for (let row = 0; row < length; row++) {
    if (columns.name.at(row) !== 'EventTiming' || columns.unclosed[row] === 1) continue;
    if (trace.tables.threads.columns.pid[columns.thread[row]!] !== pid) continue;
    const { interaction = 0, timeStamp, processingStart, processingEnd } = argsOf(args, row);
    if (!(interaction > 0) || timeStamp === undefined || processingStart === undefined || processingEnd === undefined) continue;
    const startUs = columns.startUs[row]!;
    const event = {
      startUs,
      endUs: startUs + columns.durationUs[row]!,
      beginsUs: startUs + 1000 * (processingStart - timeStamp),
      endsUs: startUs + 1000 * (processingEnd - timeStamp),
    };
    events.set(interaction, [...(events.get(interaction) ?? []), event]);
  }
  const shown = inputLatencies(trace, pid).filter(({ isShown }) => isShown);
  return [...events.values()].map((own) => interactionOf(own, shown)).sort((a, b) => a.startUs - b.startUs);
}

interface TimedEvent {
  readonly startUs: number;
  /** When the frame was shown. */
  readonly endUs: number;
  /** Of its handlers. */
  readonly beginsUs: number;
  readonly endsUs: number;
}

/** Events that one frame shows end together, but for rounding. */
const SAME_FRAME_US = 1000;

/** @param inputs whose effect was shown */
function interactionOf(events: readonly TimedEvent[], inputs: readonly InputLatency[]): Interaction {
  const [longest] = [...events].sort((a, b) => b.endUs - b.startUs - (a.endUs - a.startUs));
  const { startUs, endUs } = longest!;
  const shown = events.filter((event) => Math.abs(event.endUs - endUs) <= SAME_FRAME_US && event.startUs >= startUs - SAME_US);
  const beginsUs = min(shown.map((event) => event.beginsUs));
  const endsUs = max(shown.map((event) => event.endsUs));
  const input = inputs.find(
    (one) => isSame(one.startUs, startUs) && Math.abs(one.startUs + one.durationUs - endUs) <= SAME_FRAME_US,
  );
  return {
    startUs,
    latencyUs: endUs - startUs,
    delayUs: beginsUs - startUs,
    processingUs: endsUs - beginsUs,
    presentationUs: endUs - endsUs,
    stages: input ? stageTimes(input.durationUs, input.stages) : null,
  };
}

const isSame = (oneUs: number, otherUs: number): boolean => Math.abs(oneUs - otherUs) <= SAME_US;

interface Args {
  type?: string;
  surface?: string;
  interaction?: number;
  timeStamp?: number;
  processingStart?: number;
  processingEnd?: number;
}

const TEXTS = { 'event_latency.event_type': 'type', 'event_latency.surface_frame_trace_id': 'surface' } as const;
const NUMBERS = {
  'data.interactionId': 'interaction',
  'data.timeStamp': 'timeStamp',
  'data.processingStart': 'processingStart',
  'data.processingEnd': 'processingEnd',
} as const;

/** The arguments of input events, by row of asyncSlices. */
function asyncArgs(trace: Trace): ReadonlyMap<number, Args> {
  const { columns, length } = trace.tables.args;
  const found = new Map<number, Args>();
  for (let row = 0; row < length; row++) {
    if (columns.table.at(row) !== 'asyncSlices') continue;
    const key = columns.key.at(row);
    const args = found.get(columns.row[row]!) ?? {};
    if (key in TEXTS) args[TEXTS[key as keyof typeof TEXTS]] = columns.text.at(row);
    else if (key in NUMBERS) args[NUMBERS[key as keyof typeof NUMBERS]] = columns.number[row]!;
    else continue;
    found.set(columns.row[row]!, args);
  }
  return found;
}

const argsOf = (args: ReadonlyMap<number, Args>, row: number): Args => args.get(row) ?? {};
