import type { OperatorProfile, OperatorRuns } from '../../src/bundle/operatorLog.js';
import type { Trace } from '../../src/trace/trace.js';
import type { Activity } from '../activity/callStacks.js';
import { samplesBetween } from '../activity/search.js';
import { flatten, type Span } from '../activity/spans.js';
import type { WasmFunctions } from '../activity/wasmFunctions.js';
import { contention } from '../partition/causes/index.js';

/** Samples in the time of an operator, or of all of a type. */
export interface OperatorTally {
  samples: number;
  /** By row of callFrames. */
  readonly frames: Map<number, number>;
}

export interface OperatorSamples {
  /** Of the operators, by their place. */
  readonly operators: readonly OperatorTally[];
  readonly types: ReadonlyMap<string, OperatorTally>;
  /** All in the time of operators. */
  readonly samples: number;
  /** Of them, those so near to an operator of another type that they may be of that one: they count for none. */
  readonly doubtful: number;
}

/**
 * Sorts the samples into the operators during which they were taken: of the thread that runs the operators every one, for that is where their time
 * goes; of the other threads of its process those that compute in Wasm, as their part of the same work, and neither sleep nor poll for more.
 * @param spans as operatorSpans gives them
 * @param types of the operators, by their place
 */
export function operatorSamples(
  trace: Trace,
  spans: readonly Span<number>[],
  { thread: owner, errorUs }: Pick<ProfileClock, 'thread' | 'errorUs'>,
  types: readonly string[],
  functions: WasmFunctions['functions'],
  activities: readonly Activity[],
): OperatorSamples {
  const tally = (): OperatorTally => ({ samples: 0, frames: new Map() });
  const operators = types.map(tally);
  const byType = new Map(types.map((type) => [type, tally()]));
  const { atUs, frame: frames } = trace.tables.samples.columns;
  let samples = 0;
  let doubtful = 0;
  for (const thread of threadsOfProcess(trace, owner)) {
    spans.forEach(({ startUs, endUs, value }, place) => {
      const [from, to] = samplesBetween(trace, thread, startUs, endUs);
      for (let row = from; row < to; row++) {
        const frame = frames[row]!;
        if (thread !== owner && !(functions[frame] && !IDLE.has(activities[frame]!))) continue;
        samples++;
        const near = operatorsNear(spans, place, atUs[row]!, errorUs);
        if (near.every((other) => other === value)) add(operators[value]!, frame);
        if (near.every((other) => types[other] === types[value])) add(byType.get(types[value]!)!, frame);
        else doubtful++;
      }
    });
  }
  return { operators, types: byType, samples, doubtful };
}

/** Asleep until there is work, or polling for it. */
const IDLE: ReadonlySet<Activity> = new Set<Activity>([contention.workers.id, contention.spin.id]);

function threadsOfProcess(trace: Trace, owner: number): Set<number> {
  const { pid } = trace.tables.threads.columns;
  const sampled = [...trace.tables.callFrames.columns.thread];
  return new Set([owner, ...sampled.filter((thread) => pid[thread] === pid[owner])]);
}

/** Operators that a sample may be of, by the clocks' error, but for that in whose time it is. */
function operatorsNear(spans: readonly Span<number>[], place: number, atUs: number, errorUs: number): number[] {
  const near: number[] = [];
  for (let i = place - 1; i >= 0 && spans[i]!.endUs > atUs - errorUs; i--) near.push(spans[i]!.value);
  for (let i = place + 1; i < spans.length && spans[i]!.startUs <= atUs + errorUs; i++) near.push(spans[i]!.value);
  return near;
}

function add(tally: OperatorTally, frame: number): void {
  tally.samples++;
  tally.frames.set(frame, (tally.frames.get(frame) ?? 0) + 1);
}

/** Where a framework's profile has its place on the clock of the trace that was recorded beside it. */
export interface ProfileClock {
  /** Row of threads on which the predictions ran. */
  readonly thread: number;
  /** The beginning of the first profiled prediction, µs on the trace clock. */
  readonly zeroUs: number;
  /** By which that may be wrong, and so each time of the profile, either way. */
  readonly errorUs: number;
}

/**
 * A browser gives its pages the time in steps: of 5 µs where the page is isolated from others, else of 100 µs.
 * https://www.w3.org/TR/hr-time-3/#dfn-coarsened-shared-current-time
 */
const stepUs = (isolated: boolean): number => (isolated ? 5 : 100);

/**
 * Finds it by the measures around the predictions, each of which the harness left from when to when the framework read the clock. A run of the framework's own account
 * lies inside its measure, so that each bounds the zero of the framework's clock from both sides, and the bounds of all of them together hold
 * it. A prediction without a measure has its place by those of the others.
 * @param isolated whether the page was isolated from others of other origins
 * @returns what is missing, in words, where it cannot be found
 */
export function profileClock(
  trace: Trace,
  runId: string,
  runs: OperatorRuns,
  isolated: boolean,
): ProfileClock | { readonly lack: string } {
  const { columns, length } = trace.tables.userTiming;
  const places = new Map(runs.startMs.map((_, i) => [`inferscope:${runId}:profiled:${runs.first + i}`, i]));
  let thread = -1;
  let earliestUs = Number.NEGATIVE_INFINITY;
  let latestUs = Number.POSITIVE_INFINITY;
  for (let row = 0; row < length; row++) {
    if (columns.kind.at(row) !== 'measure' || columns.unclosed[row] === 1) continue;
    const place = places.get(columns.name.at(row));
    if (place === undefined) continue;
    const startUs = columns.startUs[row]!;
    const runUs = runs.startMs[place]! * 1000;
    thread = columns.thread[row]!;
    earliestUs = Math.max(earliestUs, startUs - runUs);
    latestUs = Math.min(latestUs, startUs + columns.durationUs[row]! - runUs - runs.ms[place]! * 1000);
  }
  if (thread < 0) return { lack: 'the trace of the profiling pass has no measure of a profiled prediction' };
  // Either side is rounded to a step.
  if (earliestUs - latestUs > 2 * stepUs(isolated)) {
    const offMs = ((earliestUs - latestUs) / 1000).toFixed(3);
    return { lack: `the clock of the framework’s profile does not fit that of the trace: they differ by ${offMs} ms` };
  }
  const errorUs = Math.abs(latestUs - earliestUs) / 2 + stepUs(isolated);
  return { thread, zeroUs: (earliestUs + latestUs) / 2, errorUs };
}

/** When each operator ran, on the trace clock: sorted and free of overlap, an operator inside of another instead of that one. The value is its place among the nodes. */
export function operatorSpans({ nodes, runs }: OperatorProfile, { zeroUs }: ProfileClock): Span<number>[] {
  const spans = nodes.flatMap(({ stretches }, value) =>
    (stretches?.prediction ?? []).map((prediction, i): Span<number> => {
      const startUs = zeroUs + (runs!.startMs[prediction]! + stretches!.startMs[i]!) * 1000;
      return { startUs, endUs: startUs + stretches!.ms[i]! * 1000, value };
    }),
  );
  return flatten(spans.sort((a, b) => a.startUs - b.startUs || b.endUs - a.endUs));
}
