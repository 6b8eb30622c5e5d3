import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import { type Frame, js, program, RunBuilder, wasm } from '../buildRun.js';

describe('garbage collection', () => {
  test('is counted by kind and thread, its parts with it', () => {
    const run = new RunBuilder();
    run
      .thread()
      .phase('iteration:0', 0, 40)
      .phase('iteration:1', 40, 80)
      .executes(wasm('simd128'), 0, 80)
      .slice('V8.GCHandleGCRequest', 10, 14)
      .event({ ph: 'X', cat: 'v8', name: 'MinorGC', dur: 3900, args: { usedHeapSizeBefore: 900, usedHeapSizeAfter: 400 } }, 10.05)
      .slice('V8.GCScavenger', 10.1, 13)
      .slice('V8.GC_SCAVENGER', 10.2, 12)
      .slice('V8.GCIncrementalMarking', 50, 52)
      .slice('V8.GCIncrementalMarking', 100, 101);
    run.thread('ThreadPoolForegroundWorker').slice('V8.GC_MC_BACKGROUND_MARKING', 45, 55);
    const { gc, partition } = analyze(run.input());
    const row = (kind: string) => gc!.rows.find((each) => each.kind === kind)!;
    expect(row('minor')).toMatchObject({ count: 1, owner: true, freedBytes: 500, inWindows: { count: 1 } });
    expect(row('minor').totalMs).toBeCloseTo(3.9);
    expect(row('minor').longestMs).toBeCloseTo(3.9);
    expect(row('incremental')).toMatchObject({ count: 2, inWindows: { count: 1 } });
    expect(row('incremental').predictionsMs).toBeCloseTo(2);
    expect(row('incremental').outsideMs).toBeCloseTo(1);
    expect(row('concurrent')).toMatchObject({ owner: false });
    const collected = partition!.causes.find(({ id }) => id === 'runtime.gc')!;
    expect(gc!.ownerInWindowsMs).toBeCloseTo(collected.share * 80);
  });

  test('is null where there was none', () => {
    const run = new RunBuilder();
    run.thread().phase('iteration:0', 0, 40).executes(wasm('simd128'), 0, 40);
    expect(analyze(run.input()).gc).toBeNull();
  });
});

describe('garbage', () => {
  const rank: Frame = { functionName: 'rank', url: 'https://page.example/app.js', codeType: 'JS', lineNumber: 11 };
  const mapped: Frame = { functionName: 'map', codeType: 'JS', caller: rank };

  /** A window of 100 ms of these frames one after the other, with collections. */
  function collected(frames: readonly (readonly [Frame, number])[], ...at: readonly (readonly [number, number, string?])[]) {
    const run = new RunBuilder();
    const thread = run.thread().task(0, 100).phase('iteration:0', 0, 100);
    let fromMs = 0;
    for (const [frame, ms] of frames) {
      thread.executes(frame, fromMs, fromMs + ms);
      fromMs += ms;
    }
    for (const [startMs, endMs, name = 'MinorGC'] of at) thread.slice(name, startMs, endMs);
    return analyze(run.input()).gc!;
  }

  test.each([
    ['a function of a script', rank],
    ['a builtin that it calls', mapped],
  ])('goes to the function that ran when its collection began: %s', (_, frame) => {
    const { by, ownerInWindowsMs } = collected(
      [
        [js, 40],
        [frame, 20],
        [js, 40],
      ],
      [50, 56],
      [90, 92],
    );
    expect(by).toMatchObject([{ script: rank.url, function: 'rank', line: 12 }, { function: 'run' }]);
    expect(by!.map(({ ms }) => Math.round(ms * 100) / 100)).toEqual([6, 2]);
    expect(by!.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(ownerInWindowsMs).toBeCloseTo(8, 2);
  });

  test('goes to that function also where a short slice of V8 precedes the collection', () => {
    const { by } = collected(
      [
        [js, 40],
        [rank, 60],
      ],
      [49.93, 49.95, 'V8.GC_HEAP_PROLOGUE'],
      [50, 56],
    );
    expect(by).toMatchObject([{ function: 'rank', share: expect.closeTo(1, 9) }]);
  });

  test('goes to the function that ran when it ended, where nothing was sampled of it before', () => {
    const { by } = collected(
      [
        [js, 40],
        [wasm('simd128'), 16],
        [rank, 44],
      ],
      [50, 56],
    );
    expect(by).toMatchObject([{ function: 'rank', ms: expect.closeTo(6, 2) }]);
  });

  test('is not given to what ran in another task', () => {
    const run = new RunBuilder();
    const thread = run.thread().phase('iteration:0', 0, 100).task(0, 49.5).task(49.6, 57).task(57.1, 100);
    thread.executes(js, 0, 37.1).executes(rank, 37.1, 49.5).executes(program, 49.5, 57).executes(wasm('simd128'), 57, 100);
    thread.slice('MinorGC', 50, 56);
    const { by } = analyze(run.input()).gc!;
    // Divided among all that ran, of which three quarters are run's.
    expect(by).toMatchObject([{ function: 'run' }, { function: 'rank' }]);
    expect(by![0]!.share).toBeCloseTo(0.75, 1);
  });

  test('is divided among the scripts since the collection before, where its collection began in none', () => {
    const { by } = collected(
      [
        [rank, 10],
        [program, 6],
        [js, 30],
        [rank, 10],
        [wasm('simd128'), 44],
      ],
      [10, 14],
      [60, 72],
    );
    // The first is of rank. Of the second three quarters are of run, as its time is since the first.
    expect(by).toMatchObject([{ function: 'run' }, { function: 'rank' }]);
    expect(by![0]!.ms).toBeCloseTo(9, 1);
    expect(by![1]!.ms).toBeCloseTo(4 + 3, 1);
  });

  test('of a collection that other slices are around is told once', () => {
    const { by, ownerInWindowsMs } = collected([[rank, 100]], [50, 56, 'V8.GCHandleGCRequest'], [51, 55]);
    expect(by).toMatchObject([{ function: 'rank', ms: expect.closeTo(6, 2), share: expect.closeTo(1, 9) }]);
    expect(ownerInWindowsMs).toBeCloseTo(6, 2);
  });

  test.each([
    ['no script ran', [[wasm('simd128'), 100]] as const, [50, 56, 'MinorGC'] as const],
    ['it is code', [[rank, 100]] as const, [50, 56, 'V8.WasmCodeGC'] as const],
  ])('is nobody’s where %s', (_, frames, slice) => {
    const { by, ownerInWindowsMs } = collected(frames, slice);
    expect(ownerInWindowsMs).toBeCloseTo(6, 2);
    expect(by).toBeNull();
  });
});
