import type { Trace } from '../../src/trace/trace.js';
import type { Activity } from '../frameActivities.js';
import { samplesBetween } from '../rows.js';
import type { Span } from '../spans.js';
import type { WasmFrames } from '../wasmFrames.js';
import type { ProfileClock } from './profileClock.js';

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
  functions: WasmFrames['functions'],
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
const IDLE: ReadonlySet<Activity> = new Set<Activity>(['contention.workers', 'contention.spin']);

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
