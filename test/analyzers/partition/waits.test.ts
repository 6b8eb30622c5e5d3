import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import type { Scheduling } from '../../../src/bundle/scheduling.js';
import { js, RunBuilder, type ThreadBuilder, wasm } from '../buildRun.js';

type Causes = Readonly<Record<string, number>>;

/** Milliseconds of each cause in the only window. */
function causesOf(run: RunBuilder, scheduling: Scheduling | null = null): Causes {
  const { causes } = analyze(run.input({ scheduling })).partition!;
  return Object.fromEntries(causes.map(({ id, ms }) => [id, Math.round(ms)]));
}

/** A window of 80 ms whose thread computes, has no task from 30 to 50, and computes again in a task that shows why. */
function waited(ends: (thread: ThreadBuilder) => unknown): RunBuilder {
  const run = new RunBuilder();
  const thread = run.thread().task(0, 30).executes(wasm('simd128'), 0, 30).task(50, 80).executes(wasm('simd128'), 50, 80);
  thread.phase('iteration:0', 0, 80);
  ends(thread);
  return run;
}

const slice = (name: string) => (thread: ThreadBuilder) => thread.slice(name, 50, 51);
const instant = (name: string) => (thread: ThreadBuilder) =>
  thread.event({ ph: 'I', s: 't', cat: 'devtools.timeline', name }, 51);

describe('time without a task', () => {
  test.each([
    ['a timer', slice('TimerFire'), 'wait.timer'],
    ['a frame', slice('FireAnimationFrame'), 'wait.timer'],
    ['a scheduled task', slice('RunPostTaskCallback'), 'wait.timer'],
    ['a response', instant('ResourceReceiveResponse'), 'wait.network'],
    ['data of a response', instant('ResourceReceivedData'), 'wait.network'],
    ['a message', slice('HandlePostMessage'), 'wait.message'],
  ])('is a wait for what ends it: %s', (_, ends, cause) => {
    expect(causesOf(waited(ends))).toEqual({ 'isa.simd128': 60, [cause]: 20 });
  });

  test('is not attributed where its end shows nothing', () => {
    expect(causesOf(waited(() => {}))).toEqual({ 'isa.simd128': 60, unattributed: 20 });
  });

  test.each([
    ['that of the thread that sends the message', slice('HandlePostMessage'), { 'isa.scalar': 12, 'wait.message': 8 }],
    ['still the timer’s, whatever others do', slice('TimerFire'), { 'wait.timer': 20 }],
  ])('is %s', (_, ends, waits) => {
    const run = waited(ends);
    run.thread().task(33, 45).executes(wasm('scalar'), 33, 45);
    expect(causesOf(run)).toEqual({ 'isa.simd128': 60, ...waits });
  });

  test('counts for what ends it in the end, if tasks that show nothing lie between', () => {
    const run = waited(slice('TimerFire'));
    run.threads[0]!.task(38, 40).executes(js, 38, 40);
    expect(causesOf(run)).toEqual({ 'isa.simd128': 60, 'wait.timer': 18, 'runtime.glue': 2 });
  });
});

/** A window of 100 ms: Wasm 40, and JavaScript 60, in which the thread sleeps for 50. */
function sleeping(): RunBuilder {
  const run = new RunBuilder();
  const thread = run.thread().executes(wasm('simd128'), 0, 40).executes(js, 40, 45).sleeps(js, 45, 95).executes(js, 95, 100);
  thread.task(0, 100).phase('iteration:0', 0, 100);
  return run;
}

/** By the scheduler’s word the thread ran 50 of these 100 ms, and lacked a core for some. */
function scheduled(run: RunBuilder, waitedMs: number): Scheduling {
  const [{ pid, tid }] = run.threads as [ThreadBuilder];
  return {
    schema: 'inferscope.sched/1',
    source: 'test',
    threads: [{ pid, tid, traceTid: tid, name: '' }],
    samples: { thread: [0, 0], atUs: [0, 100_000], ranUs: [0, 50_000], waitedUs: [0, waitedMs * 1000] },
  };
}

describe('sleep inside a call', () => {
  test('is being blocked where the scheduler says that the thread did not lack a core', () => {
    const run = sleeping();
    expect(causesOf(run, scheduled(run, 0))).toEqual({ 'isa.simd128': 40, 'runtime.glue': 10, 'wait.blocked': 50 });
  });

  test('is being preempted as far as it did', () => {
    const run = sleeping();
    const causes = causesOf(run, scheduled(run, 30));
    expect(causes['contention.preempted']).toBe(30);
    expect(causes['wait.blocked']).toBe(20);
  });

  test('is not known without the scheduler, and never being preempted', () => {
    const causes = causesOf(sleeping());
    expect(causes).toEqual({ 'isa.simd128': 40, 'runtime.glue': 10, unattributed: 50 });
    const { notes } = analyze(sleeping().input());
    expect(notes.map(({ id }) => id)).toContain('off-cpu-unexplained');
  });

  test('is being preempted without the scheduler only in code that cannot block, or where the sampler was held up too', () => {
    const run = new RunBuilder();
    run.thread().executes(wasm('simd128'), 0, 100).preempted(20, 50).task(0, 100).phase('iteration:0', 0, 100);
    expect(causesOf(run)).toEqual({ 'isa.simd128': 70, 'contention.preempted': 30 });
    const sampled = new RunBuilder();
    const thread = sampled.thread().executes(wasm('simd128'), 0, 100).preempted(20, 50, { sampled: true });
    thread.task(0, 100).phase('iteration:0', 0, 100);
    expect(causesOf(sampled)).toEqual({ 'isa.simd128': 70, 'contention.preempted': 30 });
  });
});
