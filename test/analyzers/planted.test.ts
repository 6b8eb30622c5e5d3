import { describe, expect, test } from 'vitest';
import { analyze } from '../../analyzers/index.js';
import type { AnalyzerInput } from '../../analyzers/input.js';
import type { CauseId } from '../../analyzers/partition/causes/index.js';
import { idle, js, RunBuilder, samplingMs, type ThreadBuilder, wasm } from './buildRun.js';

/** Milliseconds by cause. The shares must sum to 1, and the causes to the windows. */
function causesOf(input: AnalyzerInput): Partial<Record<CauseId, number>> {
  const { partition } = analyze(input);
  expect(partition!.causes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  return Object.fromEntries(partition!.causes.map(({ id, ms }) => [id, ms]));
}

/** A window of 60 ms on a worker, 10 … 70, all of it 128-bit SIMD but for what is planted in the stretch 30 … 40. */
function planted(plant: (worker: ThreadBuilder, run: RunBuilder) => void = () => {}, options = {}): RunBuilder {
  const run = new RunBuilder(options);
  const worker = run.thread();
  worker.executes(js, 0, 10).executes(wasm('simd128'), 10, 30).executes(wasm('simd128'), 40, 70).executes(js, 70, 80);
  worker.task(0, 80).phase('iteration:0', 10, 70);
  plant(worker, run);
  return run;
}

const full = (worker: ThreadBuilder) => worker.executes(wasm('simd128'), 30, 40);

/** Samples tell the edges of a stretch to half an interval each, and one more where a clock is rounded to µs. */
const resolution = 1.5 * samplingMs;

function expectCauses(found: Partial<Record<CauseId, number>>, expected: Partial<Record<CauseId, number>>): void {
  expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
  for (const [id, ms] of Object.entries(expected))
    expect(Math.abs(found[id as CauseId]! - ms), id).toBeLessThanOrEqual(resolution);
}

describe('a cause planted in a window', () => {
  test('is none where nothing is planted: all the time is what runs', () => {
    expectCauses(causesOf(planted(full).input()), { 'isa.simd128': 60 });
  });

  test.each([
    ['relaxed', 'isa.relaxed'],
    ['scalar', 'isa.scalar'],
    ['atomic', 'isa.atomic'],
    ['spin', 'contention.spin'],
    ['copy', 'runtime.memory'],
    ['broken', 'isa.unknown'],
  ] as const)('is found where 10 ms run in a function that is %s', (kind, cause) => {
    expectCauses(causesOf(planted((worker) => worker.executes(wasm(kind), 30, 40)).input()), { 'isa.simd128': 50, [cause]: 10 });
  });

  test('is waiting for workers where the owner sleeps in memory.atomic.wait, and that is not being preempted', () => {
    const run = planted((worker) => worker.sleeps(wasm('wait'), 30, 40));
    expectCauses(causesOf(run.input()), { 'isa.simd128': 50, 'contention.workers': 10 });
  });

  test('is glue where JavaScript runs', () => {
    expectCauses(causesOf(planted((worker) => worker.executes(js, 30, 40)).input()), { 'isa.simd128': 50, 'runtime.glue': 10 });
  });

  test.each([
    ['(program)', 'unattributed'],
    ['(garbage collector)', 'runtime.gc'],
    ['copyWithin', 'runtime.memory'],
    ['toString', 'runtime.glue'],
    ['constructor', 'runtime.glue'],
    ['__proto__', 'runtime.glue'],
    ['wasm-to-js:i:i', 'runtime.glue'],
  ] as const)('is found by the name of V8’s own frame %s', (functionName, cause) => {
    const run = planted((worker) => worker.executes({ functionName, caller: wasm('simd128') }, 30, 40));
    expectCauses(causesOf(run.input()), { 'isa.simd128': 50, [cause]: 10 });
  });

  test.each([
    ['MinorGC', 'runtime.gc'],
    ['V8.GCScavenger', 'runtime.gc'],
    ['wasm.CompileLazy', 'runtime.compile'],
    ['V8.CompileCode', 'runtime.compile'],
    ['v8.compile', 'runtime.compile'],
    ['wasm.GrowMemory', 'runtime.memory'],
  ] as const)('is found exactly where a slice %s lies over the samples', (name, cause) => {
    const found = causesOf(planted((worker) => full(worker).slice(name, 30, 35)).input());
    expect(found[cause]).toBeCloseTo(5, 6);
    expect(found['isa.simd128']).toBeCloseTo(55, 6);
  });

  test('is counted once where slices of causes are nested: the innermost has its time', () => {
    const run = planted((worker) => full(worker).slice('wasm.CompileLazy', 30, 38).slice('MinorGC', 32, 35));
    const found = causesOf(run.input());
    expect(found['runtime.compile']).toBeCloseTo(5, 6);
    expect(found['runtime.gc']).toBeCloseTo(3, 6);
  });

  test('is what the functions of a module do only where its bytes are there', () => {
    expectCauses(causesOf(planted(full).input({ modules: [] })), { 'isa.unknown': 60 });
  });

  test('is being preempted where CPU time lacks and no sample came', () => {
    const run = planted((worker) => full(worker).preempted(30, 40));
    expectCauses(causesOf(run.input()), { 'isa.simd128': 50, 'contention.preempted': 10 });
  });

  test('is being preempted without any other cause giving time that it has', () => {
    const run = new RunBuilder();
    const worker = run.thread().executes(js, 0, 10).executes(wasm('scalar'), 10, 30).executes(wasm('simd128'), 30, 70);
    worker.preempted(40, 50).phase('iteration:0', 10, 70);
    expectCauses(causesOf(run.input()), { 'isa.scalar': 20, 'isa.simd128': 30, 'contention.preempted': 10 });
  });

  test('is being preempted in equal parts of all that ran where the sampler goes on', () => {
    const run = new RunBuilder();
    const worker = run.thread().executes(js, 0, 10).executes(wasm('scalar'), 10, 30).executes(wasm('simd128'), 30, 70);
    worker.preempted(40, 55, { sampled: true }).phase('iteration:0', 10, 70);
    expectCauses(causesOf(run.input()), { 'isa.scalar': 15, 'isa.simd128': 30, 'contention.preempted': 15 });
  });

  test('is being preempted by the thread times of tasks where no marks stand at the edges', () => {
    const run = new RunBuilder();
    const worker = run.thread().executes(js, 0, 10).executes(wasm('simd128'), 10, 70).task(10, 70).measure('infer', 10, 70);
    worker.preempted(40, 50);
    expectCauses(causesOf(run.input({ mark: 'infer' })), { 'isa.simd128': 50, 'contention.preempted': 10 });
  });

  test('is not being preempted by the thread times of tasks in which the owner slept on purpose', () => {
    const run = new RunBuilder();
    const worker = run.thread().executes(wasm('simd128'), 10, 30).sleeps(wasm('wait'), 30, 40).executes(wasm('simd128'), 40, 70);
    worker.task(10, 70).measure('infer', 10, 70);
    expectCauses(causesOf(run.input({ mark: 'infer' })), { 'isa.simd128': 50, 'contention.workers': 10 });
  });

  test('is not being preempted where parts of the window lie in no task and no mark tells its CPU time', () => {
    const run = new RunBuilder();
    run.thread().executes(wasm('simd128'), 10, 70).task(20, 25).measure('infer', 10, 70);
    expectCauses(causesOf(run.input({ mark: 'infer' })), { 'isa.simd128': 60 });
  });

  test('is not being preempted where the trace has no thread times: the samples around have that time', () => {
    const run = planted((worker) => full(worker).preempted(32, 33), { hasThreadTimes: false });
    expectCauses(causesOf(run.input()), { 'isa.simd128': 60 });
    expect(analyze(run.input()).notes.map(({ id }) => id)).toContain('no-thread-times');
  });

  test('is unattributed where there are no samples at all, but not beyond what slices say', () => {
    const run = new RunBuilder();
    run.thread().phase('iteration:0', 10, 70).slice('MinorGC', 20, 25);
    const found = causesOf(run.input());
    expect(found).toEqual({ 'runtime.gc': 5, unattributed: 55 });
  });

  test('goes on, while the owner is idle, to the thread of its process that works most and not to one that waits', () => {
    const run = new RunBuilder();
    const owner = run.thread('CrRendererMain').task(0, 20).task(60, 80).sleeps(idle, 20, 60).phase('iteration:0', 10, 70);
    owner.executes(js, 0, 20).executes(js, 60, 80);
    run.thread().executes(wasm('simd128'), 0, 50).executes(wasm('scalar'), 50, 55).sleeps(idle, 55, 80);
    run.thread().sleeps(wasm('wait'), 0, 80);
    run.thread().executes(wasm('relaxed'), 20, 25).sleeps(idle, 25, 80);
    run.thread('other process', 2).executes(wasm('relaxed'), 0, 80);
    const input = run.input();
    expectCauses(causesOf(input), { 'runtime.glue': 20, 'isa.simd128': 30, 'isa.scalar': 5, unattributed: 5 });
    expect(analyze(input).partition!.causes.find(({ id }) => id === 'isa.scalar')!.evidence).toMatch(/other threads/);
  });

  test('is a page task where a timer of another script runs between the tasks of the run', () => {
    const foreign = { functionName: 'tick', url: 'https://page.example/ads.js', codeType: 'JS' };
    const run = new RunBuilder();
    const main = run.thread('CrRendererMain').task(0, 30).task(31, 39).task(40, 80).phase('iteration:0', 10, 70);
    main.executes(wasm('simd128'), 0, 30).sleeps(idle, 30, 31).executes(foreign, 31, 39).sleeps(idle, 39, 40);
    main.executes(wasm('simd128'), 40, 80);
    const found = causesOf(run.input());
    expect(found['contention.page']).toBeCloseTo(8, 6);
    expectCauses(found, { 'isa.simd128': 50, 'contention.page': 8, unattributed: 2 });
  });

  test('is no page task where the task in the middle has a script of the run on its stack', () => {
    const run = new RunBuilder();
    const main = run.thread('CrRendererMain').task(0, 30).task(31, 39).task(40, 80).phase('iteration:0', 10, 70);
    main
      .executes(wasm('simd128'), 0, 30)
      .executes({ functionName: 'then', caller: js }, 30, 40)
      .executes(wasm('simd128'), 40, 80);
    expectCauses(causesOf(run.input()), { 'isa.simd128': 50, 'runtime.glue': 10 });
  });

  test('is found in the median window where only some windows have it, with an interval that says so', () => {
    const run = new RunBuilder();
    const worker = run.thread();
    for (let i = 0; i < 20; i++) {
      const at = 100 * i;
      worker.executes(wasm('simd128'), at, at + 60).phase(`iteration:${i}`, at, at + 60);
      if (i % 2 === 0) worker.slice('MinorGC', at + 10, at + 16);
    }
    const { partition } = analyze(run.input());
    const gc = partition!.causes.find(({ id }) => id === 'runtime.gc')!;
    expect(gc.share).toBeCloseTo(3 / 60, 6);
    expect(gc.ms).toBeCloseTo(3, 6);
    expect(gc.ci95Ms[0]).toBeLessThan(3);
    expect(gc.ci95Ms[1]).toBeGreaterThan(3);
  });
});
