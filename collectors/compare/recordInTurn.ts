import { median } from 'simple-statistics';
import { SIDES, type Side } from '../../src/bundle/compare.js';
import { shuffled } from '../../src/stats/shuffled.js';
import { nativeCpu } from '../baseline/startNativeBaseline.js';
import type { CollectOptions } from '../collectOptions.js';
import { explainFailure } from '../explainFailure.js';
import { type HarnessSession, openHarness } from '../harness/session.js';
import { memoryPass } from '../memory/memoryPass.js';
import { type OpenedRun, openRun } from '../openRun.js';
import { operatorPass } from '../operators/operatorPass.js';
import { type PassContext, plainWorkload } from '../passContext.js';
import type { Progress } from '../progress.js';
import { frameworkFacts, type RunRecord, startRecord } from '../runRecord.js';
import { SETTLING_MS, settle } from '../timing/timingRounds.js';
import { openTraced, type TracedRun } from '../tracePass.js';
import { CompareError } from './compareError.js';

/** Latencies of a turn, in which both ran right after each other, ms. */
export type Turn = Readonly<Record<Side, readonly number[]>>;

/** The turns of a round. */
export interface InTurn {
  readonly turns: readonly Turn[];
  /** How many windows of each were traced in each turn. */
  readonly tracedTurns: readonly Readonly<Record<Side, number>>[];
}

type Both<T> = Readonly<Record<Side, T>>;

/** Long enough for many turns: what else happens to a machine lasts for part of a second, or for seconds. */
const TIMED_MS = 3000;
const TRACED_MS = 2000;
const LEAST_TURNS = 5;
const LEAST_TRACED = 10;
/** Of predictions that take seconds there are fewer. */
const LEAST_SLOW = 3;
const SLOW_MS = 20_000;
const BLOCK_MS = 150;
const MOST_IN_BLOCK = 10;

interface OpenedSide {
  readonly record: RunRecord;
  readonly run: OpenedRun;
  readonly context: PassContext;
}

/**
 * A round of two models: each gets a fresh browser, and both are open together. Predictions take turns in short blocks, first without
 * recording and then under the trace, so that what else happens to the machine happens to both.
 * @param options of each, with the passes to make; nothing runs natively
 * @param next stream of random numbers, for the order of each turn
 * @throws CompareError or CollectError if a side cannot be recorded, or it was stopped; then there is no bundle of either
 */
export async function recordInTurn(
  options: Both<CollectOptions>,
  next: () => number,
  progress: Progress,
  signal: AbortSignal,
): Promise<InTurn> {
  const opened = new Map<Side, OpenedSide>();
  try {
    for (const side of shuffled(SIDES, next)) opened.set(side, await openSide(options[side], progress, signal));
    const contexts = { a: opened.get('a')!.context, b: opened.get('b')!.context };
    const turns = await timeInTurn(contexts, next);
    const traced = await traceInTurn(contexts, turns, next);
    for (const side of shuffled(SIDES, next)) await ofSide(contexts[side], () => passesAlone(opened.get(side)!));
    for (const { record } of opened.values()) {
      record.manifest.status = 'complete';
      await record.save();
    }
    return {
      turns,
      tracedTurns: traced.map(({ a, b }) => ({ a: a.length, b: b.length })),
    };
  } catch (error) {
    for (const { record } of opened.values()) await record.writer.discard().catch(() => {});
    throw error;
  } finally {
    for (const { run } of opened.values()) await run.close();
  }
}

async function openSide(options: CollectOptions, progress: Progress, signal: AbortSignal): Promise<OpenedSide> {
  const record = await startRecord(options);
  try {
    const run = await openRun(options, record, progress);
    const context: PassContext = {
      browser: run.browser,
      server: run.server,
      options,
      workload: plainWorkload(options, record.manifest),
      record,
      picked: { device: nativeCpu, cpuOperators: null, lack: null },
      progress,
      signal,
    };
    return { record, run, context };
  } catch (error) {
    await record.writer.discard().catch(() => {});
    throw error;
  }
}

/** Predictions without recording, in a process of each. */
async function timeInTurn(contexts: Both<PassContext>, next: () => number): Promise<Turn[]> {
  const sessions = new Map<Side, HarnessSession>();
  try {
    for (const side of shuffled(SIDES, next)) sessions.set(side, await ofSide(contexts[side], () => openTimed(contexts[side])));
    const turns = await takeTurns(
      (side, count) => ofSide(contexts[side], () => sessions.get(side)!.predict(count)),
      TIMED_MS,
      LEAST_TURNS,
      next,
    );
    for (const side of SIDES) {
      const { rounds } = contexts[side].record.manifest.timingPass;
      for (const turn of turns) rounds.push({ part: 'before', replicate: 0, browserMs: [...turn[side]], nativeMs: [] });
    }
    return turns;
  } finally {
    for (const session of sessions.values()) await session.close().catch(() => {});
  }
}

async function openTimed({ browser, server, options, workload, record, signal }: PassContext): Promise<HarnessSession> {
  const { manifest } = record;
  const session = await openHarness(browser, server, signal);
  try {
    const loaded = await record.phase('timing', 'load', () => session.open(options.on, workload));
    const setup = await record.phase('timing', 'setup', () => session.setup());
    const warmupMs = await record.phase('timing', 'warm-up', () => session.warmup());
    manifest.framework = frameworkFacts(loaded, setup);
    const settlingMs = await record.phase('timing', 'settling', () => settle(session.settle, SETTLING_MS));
    Object.assign(manifest.timingPass, { setupMs: setup.ms, warmupMs });
    manifest.timingPass.setups.push({ setupMs: setup.ms, warmupMs, settlingMs, nativeSetupMs: null, nativeWarmupMs: null });
    return session;
  } catch (error) {
    await session.close().catch(() => {});
    throw error;
  }
}

/** Predictions under the trace, in another process of each. */
async function traceInTurn(contexts: Both<PassContext>, timed: readonly Turn[], next: () => number): Promise<Turn[]> {
  const runs = new Map<Side, TracedRun>();
  try {
    for (const side of shuffled(SIDES, next)) runs.set(side, await ofSide(contexts[side], () => openTraced(contexts[side])));
    const slowest = Math.max(...SIDES.map((side) => median(timed.flatMap((turn) => turn[side]))));
    const least = LEAST_TRACED * slowest > SLOW_MS ? LEAST_SLOW : LEAST_TRACED;
    const predict = (side: Side, count: number): Promise<readonly number[]> =>
      ofSide(contexts[side], async () => {
        await runs.get(side)!.predict(count);
        return contexts[side].record.manifest.tracePass.iterationsMs.slice(-count);
      });
    const turns = await takeTurns(predict, TRACED_MS, least, next);
    for (const side of SIDES) await ofSide(contexts[side], () => runs.get(side)!.end());
    return turns;
  } finally {
    for (const run of runs.values()) await run.close();
  }
}

/** Blocks of both in turn, in random order, until the time is over and there are turns enough. */
async function takeTurns(
  predict: (side: Side, count: number) => Promise<readonly number[]>,
  forMs: number,
  least: number,
  next: () => number,
): Promise<Turn[]> {
  const endMs = performance.now() + forMs;
  const turns: Turn[] = [];
  const counts = { a: 1, b: 1 };
  while (turns.length < least || performance.now() < endMs) {
    const turn: Record<Side, readonly number[]> = { a: [], b: [] };
    for (const side of shuffled(SIDES, next)) {
      turn[side] = [...(await predict(side, counts[side]))];
      counts[side] = Math.max(1, Math.min(MOST_IN_BLOCK, Math.round(BLOCK_MS / median([...turn[side]]))));
    }
    turns.push(turn);
  }
  return turns;
}

/** Work of a side, whose failure says what to do. */
async function ofSide<T>({ record, signal }: PassContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted || error instanceof CompareError) throw error;
    throw new CompareError(explainFailure(error as Error, record.manifest));
  }
}

/** What needs the machine for itself. */
async function passesAlone({ context, run }: OpenedSide): Promise<void> {
  const { passes } = context.options;
  if (passes.includes('operators')) await operatorPass(context);
  if (!passes.includes('memory')) return;
  // A second browser shares code with this one, which would make a process's proportional size too small.
  await run.browser.close();
  await memoryPass(context);
}
