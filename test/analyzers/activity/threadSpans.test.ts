import { describe, expect, test } from 'vitest';
import { stackActivities } from '../../../analyzers/activity/callStacks.js';
import { clip } from '../../../analyzers/activity/spans.js';
import { type ThreadSpans, threadSpans } from '../../../analyzers/activity/threadSpans.js';
import { findWasmFunctions } from '../../../analyzers/activity/wasmFunctions.js';
import { idle, js, module, program, RunBuilder, samplingMs, type ThreadBuilder, wasm } from '../buildRun.js';

function spansOf(build: (thread: ThreadBuilder) => void, options = {}): ThreadSpans {
  const run = new RunBuilder(options);
  build(run.thread());
  const trace = run.trace();
  return threadSpans(trace, 0, stackActivities(trace, findWasmFunctions(trace, [module]).functions), always);
}

const always = [{ startUs: Number.NEGATIVE_INFINITY, endUs: Number.POSITIVE_INFINITY, value: null }];

const ms = ({ startUs, endUs }: { startUs: number; endUs: number }) => [startUs / 1000, endUs / 1000];

describe('threadSpans', () => {
  test('lets a sample stand for the time half-way to its neighbours', () => {
    const { activity } = spansOf((thread) => thread.executes(js, 0, 1).executes(wasm('simd128'), 1, 2));
    expect(activity.map(({ value }) => value)).toEqual(['runtime.glue', 'isa.simd128']);
    expect(activity.map(ms)).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });

  test('lets no sample stand for more than ten intervals on either side, and calls the time between silent', () => {
    const { activity, silent } = spansOf((thread) => thread.executes(js, 0, 10).executes(js, 30, 40));
    expect(activity.map(ms)).toEqual([
      [0, 9.9 + 10 * samplingMs],
      [30.1 - 10 * samplingMs, 40],
    ]);
    expect(silent.map(ms)).toEqual([[9.9 + samplingMs, 30.1]]);
  });

  test('lets a sample that V8 takes as the thread wakes stand for nothing: what follows is the next one’s', () => {
    const wakes = (thread: ThreadBuilder) =>
      thread.executes(idle, 0, 10).executes(program, 10, 10.2).executes(wasm('simd128'), 11.4, 20);
    const { activity } = spansOf(wakes);
    expect(activity.map(({ value }) => value)).toEqual(['idle', 'unattributed', 'isa.simd128']);
    expect(activity.at(-1)!.startUs / 1000).toBeCloseTo(10.1);
    const inBetween = spansOf((thread) => thread.executes(js, 0, 10).executes(program, 10, 12).executes(js, 12, 20));
    expect(inBetween.activity.map(ms)[1]).toEqual([10, 12]);
  });

  test('takes what no sample names for rest where the thread has no task', () => {
    const { activity } = spansOf((thread) =>
      thread.executes(js, 0, 10).executes(program, 10, 20).executes(js, 20, 30).task(0, 15).task(19, 30),
    );
    expect(activity.map(({ value }) => value)).toEqual(['runtime.glue', 'unattributed', 'idle', 'unattributed', 'runtime.glue']);
    expect(activity.map(ms)[2]).toEqual([15, 19]);
  });

  test('lets no sample of one task, or of rest, stand for another task', () => {
    const { activity } = spansOf((thread) =>
      thread.executes(wasm('simd128'), 0.9, 1.1).executes(idle, 4.9, 5.1).executes(js, 8.4, 8.6).task(0, 2).task(3, 4).task(8, 9),
    );
    expect(activity.map(({ startUs, endUs, value }) => [startUs / 1000, endUs / 1000, value])).toEqual([
      [0, 2, 'isa.simd128'],
      [2, 3, 'idle'],
      [3, 4, 'unattributed'],
      [4, 8, 'idle'],
      [8, 9, 'runtime.glue'],
    ]);
  });

  test('does not take samples that no sampler took for a more frequent one', () => {
    const run = new RunBuilder();
    const thread = run.thread();
    // A flood of marks, each with a sample, and then the sampler alone.
    for (let at = 0; at < 20; at += 0.2) thread.executes(js, at, at + 0.2);
    thread.executes(wasm('simd128'), 20, 20.2).executes(wasm('simd128'), 30, 30.2);
    const trace = run.trace();
    const activities = stackActivities(trace, findWasmFunctions(trace, [module]).functions);
    const lengthOf = (sampledEveryUs: number | null) =>
      threadSpans(trace, 0, activities, always, sampledEveryUs)
        .activity.filter(({ value }) => value === 'isa.simd128')
        .reduce((sum, { startUs, endUs }) => sum + endUs - startUs, 0);
    expect(lengthOf(10_000)).toBeGreaterThan(2 * lengthOf(null));
  });

  test('knows no silence in the jitter of sampling', () => {
    expect(spansOf((thread) => thread.executes(js, 0, 10).executes(js, 10.4, 20)).silent).toEqual([]);
  });

  test('lays slices that are a cause over the samples, and no others', () => {
    const { activity } = spansOf((thread) => thread.executes(js, 0, 10).slice('MinorGC', 2, 3).slice('FunctionCall', 4, 5));
    expect(activity.map(({ value }) => value)).toEqual(['runtime.glue', 'runtime.gc', 'runtime.glue']);
  });

  test('has the outermost slices as tasks, with their thread time', () => {
    const { tasks } = spansOf((thread) => thread.task(0, 10).slice('FunctionCall', 1, 9).task(20, 30).preempted(5, 6));
    expect(tasks.map(ms)).toEqual([
      [0, 10],
      [20, 30],
    ]);
    expect(tasks.map(({ value }) => value.cpuUs)).toEqual([9000, 10_000]);
    expect(spansOf((thread) => thread.task(0, 10), { hasThreadTimes: false }).tasks[0]!.value.cpuUs).toBeNaN();
  });

  test('knows of a thread without samples when it had no task, and nothing of its tasks but their slices', () => {
    const { activity, isSampled } = spansOf((thread) => thread.task(10, 20).slice('MinorGC', 12, 14).task(30, 40));
    expect(isSampled).toBe(false);
    expect(activity.map(({ startUs, endUs, value }) => [startUs / 1000, endUs / 1000, value])).toEqual([
      [Number.NEGATIVE_INFINITY, 10, 'idle'],
      [12, 14, 'runtime.gc'],
      [20, 30, 'idle'],
      [40, Number.POSITIVE_INFINITY, 'idle'],
    ]);
  });

  test('is empty for a thread that nothing is known of, and knows nothing from a single sample', () => {
    const nothing = { activity: [], silent: [], causes: [], waits: [], tasks: [], isSampled: false };
    expect(spansOf((thread) => thread.mark('a', 1))).toMatchObject(nothing);
    expect(spansOf((thread) => thread.executes(js, 0, 0.15)).activity).toEqual([]);
  });
});

test('holds what reaches into the stretches asked for, whole and once, and nothing else', () => {
  const run = new RunBuilder();
  const thread = run.thread();
  for (let start = 0; start < 100; start += 10) thread.executes(wasm('simd128'), start, start + 10).task(start, start + 9);
  const trace = run.trace();
  const activities = stackActivities(trace, findWasmFunctions(trace, [module]).functions);
  const stretch = (startMs: number, endMs: number) => ({ startUs: startMs * 1000, endUs: endMs * 1000, value: null });
  const inside = threadSpans(trace, 0, activities, [stretch(15, 17), stretch(18, 25), stretch(60, 62)]);
  expect(inside.tasks.map(ms)).toEqual([
    [10, 19],
    [20, 29],
    [60, 69],
  ]);
  const whole = threadSpans(trace, 0, activities, always);
  for (const { startUs, endUs } of [stretch(15, 17), stretch(18, 25), stretch(60, 62)]) {
    const length = (spans: ThreadSpans) =>
      clip(spans.activity, startUs, endUs).reduce((sum, span) => sum + span.endUs - span.startUs, 0);
    expect(length(inside)).toBeCloseTo(length(whole), 6);
  }
  expect(inside.activity.every(({ startUs, endUs }) => endUs > 14_000 && startUs < 63_000)).toBe(true);
});
