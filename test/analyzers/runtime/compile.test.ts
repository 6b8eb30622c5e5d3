import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import { js, moduleUrl, RunBuilder, wasm } from '../buildRun.js';

const pool = 'ThreadPoolForegroundWorker';
const lazy = (index: number, durMs: number) => ({
  ph: 'X',
  cat: 'v8.wasm',
  name: 'wasm.CompileLazy',
  dur: durMs * 1000,
  args: { func_index: index },
});

/** Set-up 0–40, warm-up 50–70, two predictions 80–100 and 100–120; the owner compiles lazily, a helper optimizes. */
function built(): RunBuilder {
  const run = new RunBuilder();
  run
    .thread()
    .phase('setup', 0, 40)
    .phase('warm-up:0', 50, 70)
    .phase('iteration:0', 80, 100)
    .phase('iteration:1', 100, 120)
    .task(0, 120)
    .event({ ph: 'X', cat: 'v8.wasm', name: 'wasm.SetUrl', dur: 1, args: { url: moduleUrl } }, 1)
    .executes(js, 0, 60)
    .executes(wasm('simd128'), 60, 120)
    .event(lazy(0, 8), 10)
    .slice('wasm.LogCode', 16, 18)
    .event(lazy(1, 4), 60);
  run.thread(pool).slice('wasm.ExecuteCompilationUnits', 20, 90).slice('wasm.TopTierCompilation', 20, 90);
  return run;
}

describe('compile work', () => {
  test('is split by tier, module and phase, and by whether the run waited for it', () => {
    const { compile } = analyze(built().input());
    const row = (tier: string) => compile!.rows.find((each) => each.tier === tier)!;
    expect(row('lazy')).toMatchObject({ count: 2, module: moduleUrl });
    // What is logged inside belongs to the profiler.
    expect(row('lazy').totalMs).toBeCloseTo(10);
    expect(row('lazy').critical.setup).toBeCloseTo(6);
    expect(row('lazy').critical.warmup).toBeCloseTo(4);
    expect(row('profiler').critical.setup).toBeCloseTo(2);
    expect(row('topTier')).toMatchObject({ count: 1, criticalMs: 0 });
    expect(row('topTier').setupMs).toBeCloseTo(20);
    expect(row('topTier').warmupMs).toBeCloseTo(20);
    expect(row('topTier').predictionsMs).toBeCloseTo(10);
    expect(row('topTier').outsideMs).toBeCloseTo(20);
    expect(compile!.phases.setup!.criticalMs).toBeCloseTo(8);
    expect(compile!.phases.predictions!.criticalMs).toBe(0);
  });

  test('on the critical path is that of the partition', () => {
    const { compile, partition } = analyze(built().input());
    const warmup = partition!.warmup!.find(({ id }) => id === 'runtime.compile')!;
    expect(compile!.phases.warmup!.criticalMs).toBeCloseTo(warmup.ms);
    const rows = compile!.rows.reduce((sum, { criticalMs }) => sum + criticalMs, 0);
    const phases = Object.values(compile!.phases).reduce((sum, phase) => sum + (phase?.criticalMs ?? 0), 0);
    expect(rows).toBeCloseTo(phases);
  });

  test('of helper threads, while the owner is idle, is what it may have waited for, but not the top tier', () => {
    const run = new RunBuilder();
    run
      .thread()
      .phase('setup', 0, 40)
      .phase('iteration:0', 60, 80)
      .executes({ functionName: '(idle)', codeType: 'other' }, 0, 40)
      .executes(wasm('simd128'), 60, 80);
    run.thread(pool).slice('wasm.ValidateFunctionsStreaming', 5, 15).slice('wasm.TopTierCompilation', 20, 30);
    const { setup } = analyze(run.input()).compile!.phases;
    expect(setup!.criticalMs).toBe(0);
    expect(setup!.awaitedMs).toBeCloseTo(10);
    expect(setup!.totalMs).toBeCloseTo(20);
  });

  test('has a picture of bounded size, with jobs close together drawn as one', () => {
    const run = built();
    const owner = run.thread(pool);
    for (let i = 0; i < 1000; i++) owner.event(lazy(i, 0.01), 20 + i * 0.05);
    const { timeline } = analyze(run.input()).compile!;
    expect(timeline.lengthMs).toBe(120);
    expect(timeline.phases.map(({ phase }) => phase)).toEqual(['setup', 'warmup', 'predictions', 'predictions']);
    expect(timeline.rows.filter(({ thread }) => thread.endsWith(' 12')).length).toBe(1);
  });

  test('is not told where there is no window, or nothing was compiled', () => {
    const bare = new RunBuilder();
    bare.thread().slice('wasm.CompileLazy', 0, 1);
    expect(analyze(bare.input()).compile).toBeNull();
    const quiet = new RunBuilder();
    quiet.thread().executes(wasm('simd128'), 0, 10).phase('iteration:0', 0, 10);
    expect(analyze(quiet.input()).compile).toBeNull();
  });
});

describe('Wasm time before the top tier', () => {
  test('is at most what came before the last job ended, and at least what came before a job could have replaced the function', () => {
    const run = new RunBuilder();
    run.thread().phase('iteration:0', 0, 40).phase('iteration:1', 40, 80).executes(wasm('simd128'), 0, 80).event(lazy(0, 1), 0);
    run.thread(pool).slice('wasm.TopTierCompilation', 20, 50);
    const before = analyze(run.input()).compile!.beforeTopTier!;
    expect(before).toMatchObject({ jobs: 1, windowsBefore: 2, warmup: null });
    expect(before.lastJobEndMs).toBeCloseTo(50);
    expect(before.predictions!.atMost).toBeCloseTo(50 / 80, 1);
    expect(before.predictions!.atLeast).toBeCloseTo(20 / 80, 1);
    expect(before.functions).toMatchObject([{ index: 0, share: 1 }]);
  });

  test('has no lower bound for functions that nobody saw being compiled', () => {
    const run = new RunBuilder();
    run.thread().phase('iteration:0', 0, 40).executes(wasm('simd128'), 0, 40);
    run.thread(pool).slice('wasm.TopTierCompilation', 20, 30);
    expect(analyze(run.input()).compile!.beforeTopTier!.predictions).toMatchObject({ atLeast: 0 });
  });

  test('is all of it where no job was seen, and unknown where no compilation was', () => {
    const run = new RunBuilder();
    run.thread().phase('iteration:0', 0, 40).executes(wasm('simd128'), 0, 40).event(lazy(0, 1), 0);
    expect(analyze(run.input()).compile!.beforeTopTier).toMatchObject({
      jobs: 0,
      lastJobEndMs: null,
      predictions: { atMost: 1 },
    });
    const blind = new RunBuilder();
    blind.thread().phase('iteration:0', 0, 40).executes(wasm('simd128'), 0, 40).slice('v8.compile', 1, 2);
    expect(analyze(blind.input()).compile!.beforeTopTier).toBeNull();
  });
});
