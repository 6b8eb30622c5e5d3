import type { Trace } from '../../src/trace/trace.js';
import { computesNothing, hasArithmetic } from '../../src/wasm/classify.js';
import { fact, trace } from '../input.js';
import { LEAST_SAMPLES, type Pool, poolsOf, type Stacks, wasmStacks } from './pools.js';
import { type ScheduledThread, threadScheduling } from './scheduling.js';
import { rowsOfThread } from './search.js';
import { firstEndingAfter, type Span, totalUs } from './spans.js';
import { decodedFunctions, type SampledFunction, type WasmFunctions } from './wasmFunctions.js';

/** What is said of a function that polls by what threads do in it. */
export const POLLS = 'polls: every worker of its pool is in it between inferences, too';

/** Functions that poll take this share of every worker while nobody has work for it. */
const TAKES = 0.9;
/** A function with a smaller share does not count among them. */
const NOTABLE = 1 - TAKES;
/** A worker takes part if, while it has work, it does other things for at least so much more of its time. */
const TAKES_PART = 0.1;
/** A thread that is runnable for this share of some time did not sleep. */
const RUNNABLE = 0.8;

/**
 * Finds the functions that poll by what the threads of a pool do in them, and gives them the class `spin`. Their code does not always
 * tell: polling may go through a call, an exchange or JavaScript, and bytes may be missing.
 *
 * While no other thread of the process is in Wasm, nobody has work for a pool. What all its workers do then all the same is polling if
 * they do other things otherwise, or if the code touches memory by atomics only. It is not where a hot loop holds arithmetic, and not
 * where the threads may sleep in it: the code must show that they cannot, or the scheduler that they do not.
 * @param scheduled scheduling of threads; empty if it was not recorded
 */
export function withPolling(trace: Trace, wasm: WasmFunctions, scheduled: readonly ScheduledThread[] = []): WasmFunctions {
  const { functions } = wasm;
  const stacks = wasmStacks(trace, functions);
  const polling = poolsOf(trace, stacks).flatMap((pool) => pollingOf(trace, stacks, pool, scheduled) ?? []);
  if (polling.length === 0) return wasm;
  const polled = new Map<SampledFunction, SampledFunction>();
  for (const each of polling.flatMap(({ members }) => [...members]))
    polled.set(each, each.class === 'spin' ? each : { ...each, class: 'spin', parts: null, evidence: POLLS });
  /** A helper may serve others, too: it polls where a function calls it that does. */
  const polls = (row: number): boolean =>
    polling.some(({ members, helpers }) => {
      const own = functions[row]!;
      const caller = stacks.callerOf(row);
      return members.has(own) && (!helpers.has(own) || (caller !== null && members.has(caller)));
    });
  return { ...wasm, functions: functions.map((each, row) => (each && polls(row) ? polled.get(each)! : each)) };
}

/** Functions that poll. */
interface Polling {
  readonly members: ReadonlySet<SampledFunction>;
  /** Those that only other members were seen to call. */
  readonly helpers: ReadonlySet<SampledFunction>;
}

function pollingOf(
  trace: Trace,
  stacks: Stacks,
  { workers, others, calls }: Pool,
  scheduled: readonly ScheduledThread[],
): Polling | null {
  const all = workers.map((thread) => tally(trace, stacks, thread, calls));
  const judged = all.filter(({ quietSamples }) => quietSamples >= LEAST_SAMPLES);
  const [first] = judged;
  if (!first) return null;
  const share = ({ quiet }: Tally, each: SampledFunction): number => (quiet.byFunction.get(each) ?? 0) / quiet.total;
  const common = [...first.quiet.byFunction.keys()].filter((each) => judged.every((one) => share(one, each) >= NOTABLE));
  const members = new Set(common);
  if (judged.some((one) => common.reduce((sum, each) => sum + share(one, each), 0) < TAKES)) return null;
  const codes = common.map(({ code }) => (code?.unknown === null ? code : null));
  const known = codes.flatMap((code) => code ?? []);
  const isKnown = known.length === codes.length;
  if (known.some(({ hot }) => hasArithmetic(hot))) return null;

  const onlyAtomics = isKnown && known.every(computesNothing) && known.some(({ hot }) => hot.atomic + hot.atomicLoad > 0);
  if (!takesPart(all, members) && !(onlyAtomics && judged.length > 1)) return null;

  const isSeenAwake = judged.every(({ thread, stretches }) => {
    const inMembers = stretches.filter(({ value }) => value && members.has(value));
    return isRunnable(inMembers, scheduled, thread);
  });
  const cannotSleep = isKnown && known.every(({ body }) => body.wait === 0) && !judged.some(({ callsScript }) => callsScript);
  if (!isSeenAwake && !cannotSleep) return null;

  // What a single thread does over and over may be its own work, unless its code is known or another one does it, too.
  if (judged.length < 2 && !isKnown && !isCalledBy(trace, stacks, others, members)) return null;

  const callers = (each: SampledFunction): readonly (SampledFunction | null)[] =>
    judged.flatMap(({ callersOf }) => [...(callersOf.get(each) ?? [])]);
  const isHelper = (each: SampledFunction): boolean => callers(each).every((caller) => caller !== null && members.has(caller));
  return { members, helpers: new Set(common.filter(isHelper)) };
}

/** What one worker was sampled in, without what is known to sleep. */
interface Tally {
  readonly thread: number;
  /** While another thread was in Wasm: samples. */
  readonly busy: Counts;
  /** While none was: each stretch of such time counts as one, so that what is done once, as at the start, is not what is usual. */
  readonly quiet: Counts;
  readonly quietSamples: number;
  /** The time of the quiet samples, with their function. */
  readonly stretches: readonly Span<SampledFunction | null>[];
  /** By function that was sampled in quiet time: the Wasm functions that called it. */
  readonly callersOf: ReadonlyMap<SampledFunction, ReadonlySet<SampledFunction | null>>;
  /** Whether a script or V8 was sampled in a function in quiet time. */
  readonly callsScript: boolean;
}

interface Counts {
  readonly byFunction: Map<SampledFunction, number>;
  total: number;
}

const noCounts = (): Counts => ({ byFunction: new Map(), total: 0 });

function count({ byFunction }: Counts, each: SampledFunction, amount: number): void {
  byFunction.set(each, (byFunction.get(each) ?? 0) + amount);
}

function tally(trace: Trace, stacks: Stacks, thread: number, calls: Pool['calls']): Tally {
  const { columns } = trace.tables.samples;
  const [from, to] = rowsOfThread(columns.thread, thread);
  const busy = noCounts();
  const quiet = noCounts();
  let stretch = noCounts();
  const endStretch = (): void => {
    if (stretch.total === 0) return;
    for (const [each, samples] of stretch.byFunction) count(quiet, each, samples / stretch.total);
    quiet.total++;
    stretch = noCounts();
  };
  const stretches: { startUs: number; endUs: number; readonly value: SampledFunction | null }[] = [];
  const callersOf = new Map<SampledFunction, Set<SampledFunction | null>>();
  let quietSamples = 0;
  let callsScript = false;
  let hasBegun = false;
  let call = 0;
  for (let row = from; row < to; row++) {
    const frame = columns.frame[row]!;
    const atUs = columns.atUs[row]!;
    const own = stacks.innermost(frame);
    hasBegun ||= own !== null;
    if (!hasBegun || stacks.isWaiting(frame)) continue;
    const next = firstEndingAfter(calls, atUs);
    if (next !== call) endStretch();
    call = next;
    const isQuiet = !(calls[call] && calls[call]!.startUs <= atUs);
    const counts = isQuiet ? stretch : busy;
    counts.total++;
    if (own) count(counts, own, 1);
    if (!isQuiet) continue;
    quietSamples++;
    const untilUs = row + 1 < to ? columns.atUs[row + 1]! : atUs;
    const last = stretches.at(-1);
    if (last?.endUs === atUs && last.value === own) last.endUs = untilUs;
    else stretches.push({ startUs: atUs, endUs: untilUs, value: own });
    if (!own) continue;
    callersOf.set(own, (callersOf.get(own) ?? new Set()).add(stacks.callerOf(frame)));
    callsScript ||= !stacks.isWasm(frame);
  }
  endStretch();
  return { thread, busy, quiet, quietSamples, stretches, callersOf, callsScript };
}

/** Whether the workers do other things in Wasm while there is work than while there is none. */
function takesPart(all: readonly Tally[], members: ReadonlySet<SampledFunction>): boolean {
  const elsewhere = (which: 'busy' | 'quiet'): number => {
    const here = all.map(({ [which]: counts }) => counts);
    const total = here.reduce((sum, counts) => sum + counts.total, 0);
    const others = here.flatMap(({ byFunction }) => [...byFunction].flatMap(([each, n]) => (members.has(each) ? [] : n)));
    return others.reduce((sum, n) => sum + n, 0) / total;
  };
  const busySamples = all.reduce((sum, { busy }) => sum + busy.total, 0);
  return busySamples >= LEAST_SAMPLES && elsewhere('busy') >= elsewhere('quiet') + TAKES_PART;
}

function isRunnable(stretches: readonly Span<unknown>[], scheduled: readonly ScheduledThread[], thread: number): boolean {
  const times = scheduled.find(({ row }) => row === thread)?.during(stretches);
  return times !== undefined && times.ranUs + times.waitedUs >= RUNNABLE * totalUs(stretches);
}

function isCalledBy(trace: Trace, stacks: Stacks, threads: readonly number[], members: ReadonlySet<SampledFunction>): boolean {
  const { thread } = trace.tables.callFrames.columns;
  const those = new Set(threads);
  return Array.from(thread.keys()).some((frame) => {
    if (!those.has(thread[frame]!)) return false;
    const own = stacks.innermost(frame);
    return own !== null && members.has(own);
  });
}

/** The Wasm function of each call frame of the trace; one that polls by what threads do in it is of the class `spin`. */
export const wasmFunctions = fact('wasmFunctions', (get) => {
  const { scheduling } = get.input;
  const of = get(trace);
  return withPolling(of, get(decodedFunctions), scheduling ? threadScheduling(of, scheduling, () => []) : []);
});
