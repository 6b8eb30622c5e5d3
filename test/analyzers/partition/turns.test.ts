import { describe, expect, test } from 'vitest';
import { stackActivities } from '../../../analyzers/activity/callStacks.js';
import { findWasmFunctions } from '../../../analyzers/activity/wasmFunctions.js';
import type { Window } from '../../../analyzers/activity/window.js';
import type { CauseId } from '../../../analyzers/partition/causes/index.js';
import { splitWindows } from '../../../analyzers/partition/splitWindows.js';
import { turns } from '../../../analyzers/partition/turns.js';
import { findWindows } from '../../../analyzers/windows/index.js';
import { idle, js, module, RunBuilder, samplingMs, wasm } from '../buildRun.js';

type Edges = readonly [startMs: number, endMs: number];

const stretch = ([startMs, endMs]: Edges) => ({ startUs: 1000 * startMs, endUs: 1000 * endMs });
const window = (edges: Edges): Window => ({ thread: 0, ...stretch(edges), offCpuUs: Number.NaN });
/** A window that another thread measured. */
const told = (edges: Edges): Window => ({ ...window(edges), measuredOn: 1 });

/** Whose turn it is: begin, end, and the number of the window. */
function turnsOf(windows: readonly Window[], tasks: readonly Edges[], calls: readonly Edges[] = []) {
  return turns(windows, tasks.map(stretch), calls.map(stretch)).map(({ startUs, endUs, value }) => [
    startUs / 1000,
    endUs / 1000,
    value.of === null ? (value.inTask ? 'unknown' : 'between tasks') : windows.indexOf(value.of),
  ]);
}

describe('whose turn it is on a thread', () => {
  test('is no question where no windows overlap', () => {
    expect(turnsOf([window([0, 10]), window([10, 20])], [[0, 20]])).toEqual([]);
  });

  test('is that of the first one to end, of two that one task begins and ends', () => {
    expect(turnsOf([window([5, 45]), window([6, 85])], [[0, 90]])).toEqual([[6, 45, 0]]);
    expect(turnsOf([window([5, 45]), window([6, 85]), window([7, 125])], [[0, 130]])).toEqual([
      [6, 7, 0],
      [7, 45, 0],
      [45, 85, 1],
    ]);
  });

  test('goes in order where each has a task, also as another thread measured them', () => {
    const tasks = [
      [6, 58],
      [60, 108],
    ] as const;
    expect(turnsOf([told([0, 59]), told([5, 110])], tasks)).toEqual([
      [5, 6, 'between tasks'],
      [6, 58, 0],
      [58, 59, 'between tasks'],
    ]);
    const ten = Array.from({ length: 10 }, (_, i) => i);
    const queue = turnsOf(
      ten.map((i) => told([0.1 * i, 52 + 50 * i])),
      ten.map((i) => [2 + 50 * i, 51 + 50 * i]),
    );
    expect(queue.filter(([, , whose]) => whose !== 'between tasks').map(([, , whose]) => whose)).toEqual(ten.slice(0, 9));
  });

  test('is that of the one with which a task begins or in which it ends, where they take turns', () => {
    const tasks = [
      [0, 10],
      [12, 22],
      [24, 34],
      [36, 46],
    ] as const;
    expect(turnsOf([window([1, 33]), window([12.2, 45])], tasks)).toEqual([
      [12.2, 22, 1],
      [22, 24, 'between tasks'],
      [24, 33, 0],
    ]);
  });

  test('is not known of further steps of two that take turns', () => {
    const tasks = [0, 12, 24, 36, 48, 60].map((at) => [at, at + 10] as const);
    const found = turnsOf([window([1, 57]), window([12.2, 69])], tasks);
    expect(found.map(([, , whose]) => whose)).toEqual([
      1,
      'between tasks',
      'unknown',
      'between tasks',
      'unknown',
      'between tasks',
      0,
    ]);
  });

  test('is told by calls into Wasm where one task holds several, and others measured them', () => {
    const windows = [told([0, 52]), told([1, 110])];
    expect(turnsOf(windows, [[2, 108]])).toEqual([
      [1, 2, 'between tasks'],
      [2, 52, 1],
    ]);
    const calls = [
      [3, 51],
      [55, 105],
    ] as const;
    expect(turnsOf(windows, [[2, 108]], calls)).toEqual([
      [1, 2, 'between tasks'],
      [2, 3, 1],
      [3, 51, 0],
      [51, 52, 1],
    ]);
  });

  test('takes a time in proportion to the number of windows', () => {
    const msFor = (count: number): number => {
      const all = Array.from({ length: count }, (_, i) => i);
      const windows = all.map((i) => window([10 * i, 10 * i + 300]));
      const tasks = all.map((i) => stretch([10 * i, 10 * i + 9]));
      const start = process.cpuUsage();
      expect(turns(windows, tasks, tasks).length).toBeGreaterThan(count);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    };
    msFor(1000);
    expect(msFor(20_000) / Math.max(5, msFor(4000))).toBeLessThan(25);
  });
});

/** Milliseconds by cause of each inference of the first thread. */
function causesOf(run: RunBuilder, measured?: readonly Window[]): Partial<Record<CauseId, number>>[] {
  const trace = run.trace();
  const { functions } = findWasmFunctions(trace, [module]);
  const found = findWindows(trace, null, 'infer', functions);
  const { windows } = splitWindows(trace, { ...found, windows: measured ?? found.windows }, stackActivities(trace, functions));
  return windows.map(({ window: { startUs, endUs }, split }) => {
    const sumUs = Object.values(split).reduce((sum, us) => sum + us, 0);
    expect(sumUs / (endUs - startUs)).toBeCloseTo(1, 9);
    return Object.fromEntries(Object.entries(split).flatMap(([id, us]) => (us > 0 ? [[id, us / 1000]] : [])));
  });
}

function expectCauses(found: Partial<Record<CauseId, number>>, expected: Partial<Record<CauseId, number>>): void {
  expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
  for (const [id, ms] of Object.entries(expected))
    expect(Math.abs(found[id as CauseId]! - ms), `${id} is ${found[id as CauseId]}`).toBeLessThanOrEqual(1.5 * samplingMs);
}

describe('two inferences that overlap on one worker', () => {
  test('compute one after the other: the second waits for the first, and no time is counted for both', () => {
    const run = new RunBuilder();
    run.thread().task(0, 90).executes(wasm('simd128'), 0, 90).measure('infer', 5, 45).measure('infer', 6, 85);
    const [first, second] = causesOf(run);
    expectCauses(first!, { 'isa.simd128': 40 });
    expectCauses(second!, { 'isa.simd128': 40, 'contention.page': 39 });
  });

  test('compute one after the other, as the page measured from its main thread', () => {
    const run = new RunBuilder();
    const worker = run.thread().task(6, 58).task(60, 108);
    worker.executes(wasm('simd128'), 6, 58).executes(idle, 58, 60).executes(wasm('scalar'), 60, 108);
    const [first, second] = causesOf(run, [told([0, 59]), told([5, 110])]);
    expectCauses(first!, { 'isa.simd128': 52, unattributed: 7 });
    expectCauses(second!, { 'isa.scalar': 48, 'contention.page': 52, unattributed: 5 });
  });

  test('wait for what they themselves wait for, while neither computes', () => {
    const run = new RunBuilder();
    const worker = run.thread().task(0, 20).task(30, 50).slice('TimerFire', 30, 50);
    worker.executes(wasm('simd128'), 0, 20).executes(idle, 20, 30).executes(wasm('simd128'), 30, 50);
    worker.measure('infer', 1, 20).measure('infer', 10, 49);
    const [first, second] = causesOf(run);
    expectCauses(first!, { 'isa.simd128': 19 });
    expectCauses(second!, { 'isa.simd128': 19, 'contention.page': 10, 'wait.timer': 10 });
  });

  test('have what is not known to be of either for none of its causes', () => {
    const run = new RunBuilder();
    const worker = run.thread();
    for (const at of [0, 12, 24, 36, 48, 60])
      worker
        .task(at, at + 10)
        .executes(js, at, at + 10)
        .executes(idle, at + 10, at + 12);
    worker.measure('infer', 1, 57).measure('infer', 12.2, 69);
    const [first, second] = causesOf(run);
    // Two steps are of either, and nothing shows what ended the pauses.
    expectCauses(first!, { 'runtime.glue': 18.2, 'contention.page': 9.8, unattributed: 28 });
    expectCauses(second!, { 'runtime.glue': 19.8, 'contention.page': 9, unattributed: 28 });
  });

  test('do not overlap where the second begins as the first ends', () => {
    const run = new RunBuilder();
    run.thread().task(0, 90).executes(wasm('simd128'), 0, 90).measure('infer', 5, 45).measure('infer', 45, 85);
    for (const one of causesOf(run)) expectCauses(one, { 'isa.simd128': 40 });
  });
});
