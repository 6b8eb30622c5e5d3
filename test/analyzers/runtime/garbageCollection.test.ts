import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import { RunBuilder, wasm } from '../buildRun.js';

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
