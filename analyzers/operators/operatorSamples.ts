import type { OperatorProfile, OperatorRuns } from '../../src/bundle/operatorLog.js';
import type { Trace } from '../../src/trace/trace.js';
import type { Activity } from '../activity/callStacks.js';
import { samplesBetween } from '../activity/search.js';
import { flatten, type Span } from '../activity/spans.js';
import type { WasmFunctions } from '../activity/wasmFunctions.js';
import { contention } from '../partition/causes/index.js';
import type { OperatorKind } from './kind.js';

/** Samples within the time of an operator, or of all operators of a type. */
export interface OperatorTally {
  samples: number;
  /** Counts by row of callFrames. */
  readonly frames: Map<number, number>;
}

export interface OperatorSamples {
  /** One entry per operator, by its index in the profile. */
  readonly operators: readonly OperatorTally[];
  readonly types: ReadonlyMap<string, OperatorTally>;
  readonly kinds: ReadonlyMap<OperatorKind, OperatorTally>;
  /** All samples within the times of operators. */
  readonly samples: number;
  /** Those so near to an operator of another type that they may belong to it. They count for none. */
  readonly doubtful: number;
}

/**
 * Assigns each sample to the operator during which it was taken. On the thread that runs the operators every sample counts. On
 * other threads of its process only samples that compute in Wasm count, as parts of the same work; sleeping and polling do not.
 * @param spans as operatorSpans gives them
 * @param labels types and kinds of the operators, by their index
 */
export function operatorSamples(
  trace: Trace,
  spans: readonly Span<number>[],
  { thread: owner, errorUs }: Pick<ProfileClock, 'thread' | 'errorUs'>,
  { types, kinds }: { readonly types: readonly string[]; readonly kinds: readonly OperatorKind[] },
  functions: WasmFunctions['functions'],
  activities: readonly Activity[],
): OperatorSamples {
  const tally = (): OperatorTally => ({ samples: 0, frames: new Map() });
  const operators = types.map(tally);
  const byType = new Map(types.map((type) => [type, tally()]));
  const byKind = new Map(kinds.map((kind) => [kind, tally()]));
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
        if (near.every((other) => kinds[other] === kinds[value])) add(byKind.get(kinds[value]!)!, frame);
        if (near.every((other) => types[other] === types[value])) add(byType.get(types[value]!)!, frame);
        else doubtful++;
      }
    });
  }
  return { operators, types: byType, kinds: byKind, samples, doubtful };
}

/** Asleep until there is work, or polling for it. */
const IDLE: ReadonlySet<Activity> = new Set<Activity>([contention.workers.id, contention.spin.id]);

function threadsOfProcess(trace: Trace, owner: number): Set<number> {
  const { pid } = trace.tables.threads.columns;
  const sampled = [...trace.tables.callFrames.columns.thread];
  return new Set([owner, ...sampled.filter((thread) => pid[thread] === pid[owner])]);
}

/** Further operators that a sample may belong to because of the clock error, besides the one whose time contains it. */
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

/** Maps the clock of a framework's profile to that of the trace that was recorded at the same time. */
export interface ProfileClock {
  /** Row of threads on which the predictions ran. */
  readonly thread: number;
  /** Start of the first profiled prediction, µs on the trace clock. */
  readonly zeroUs: number;
  /** Error of the start, and so of each time of the profile, ±. */
  readonly errorUs: number;
}

/**
 * Browsers coarsen the time that pages see: to 5 µs if the page is cross-origin isolated, otherwise to 100 µs.
 * https://www.w3.org/TR/hr-time-3/#dfn-coarsened-shared-current-time
 */
const stepUs = (isolated: boolean): number => (isolated ? 5 : 100);

/**
 * Finds the zero of the framework's clock on the trace clock. The harness leaves a measure around each prediction, on the clock
 * that the framework reads. A prediction in the framework's profile lies inside its measure, so each measure bounds the zero from
 * both sides, and all bounds together narrow it down. A prediction without a measure is placed by those of the others.
 * @param isolated whether the page was cross-origin isolated
 * @returns a sentence that says what is missing, where the zero cannot be found
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
  // Both bounds are rounded to a step.
  if (earliestUs - latestUs > 2 * stepUs(isolated)) {
    const offMs = ((earliestUs - latestUs) / 1000).toFixed(3);
    return { lack: `the clock of the framework’s profile does not fit that of the trace: they differ by ${offMs} ms` };
  }
  const errorUs = Math.abs(latestUs - earliestUs) / 2 + stepUs(isolated);
  return { thread, zeroUs: (earliestUs + latestUs) / 2, errorUs };
}

/**
 * When each operator ran, on the trace clock: sorted and free of overlap. Where operators nest, the inner one counts. The value
 * is the operator's index among the nodes.
 */
export function operatorSpans({ nodes, runs }: OperatorProfile, { zeroUs }: ProfileClock): Span<number>[] {
  const spans = nodes.flatMap(({ stretches }, value) =>
    (stretches?.prediction ?? []).map((prediction, i): Span<number> => {
      const startUs = zeroUs + (runs!.startMs[prediction]! + stretches!.startMs[i]!) * 1000;
      return { startUs, endUs: startUs + stretches!.ms[i]! * 1000, value };
    }),
  );
  return flatten(spans.sort((a, b) => a.startUs - b.startUs || b.endUs - a.endUs));
}
