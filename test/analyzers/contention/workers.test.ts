import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import { idle, js, RunBuilder, wasm } from '../buildRun.js';

describe('workers', () => {
  test('are busy, spin, wait or have no task, and the busiest is compared with the mean', () => {
    const run = new RunBuilder();
    run.thread().phase('iteration:0', 0, 40).executes(wasm('simd128'), 0, 30).executes(wasm('spin'), 30, 40);
    run
      .thread()
      .executes(wasm('simd128'), 0, 10)
      .executes(wasm('spin'), 10, 20)
      .sleeps(wasm('wait'), 20, 30)
      .executes(idle, 30, 40);
    run.thread('CrRendererMain').executes(js, 0, 5).executes(idle, 5, 40);
    const { workers } = analyze(run.input());
    expect(workers!.threads).toHaveLength(2);
    const [owner, worker] = workers!.threads;
    expect(owner).toMatchObject({ owner: true, preemptedMs: null });
    expect(worker!.busyMs).toBeCloseTo(10, 0);
    expect(worker!.spinningMs).toBeCloseTo(10, 0);
    expect(worker!.waitingMs).toBeCloseTo(10, 0);
    const { busyMs, spinningMs, waitingMs, idleMs } = worker!;
    expect(busyMs + spinningMs + waitingMs + idleMs).toBeCloseTo(40);
    expect(workers!.imbalance).toBeCloseTo(0.5, 1);
    expect(workers!.ownerWaitedMs).toBeCloseTo(10, 0);
  });

  test('are none where the owner works alone', () => {
    const run = new RunBuilder();
    run.thread().phase('iteration:0', 0, 40).executes(wasm('simd128'), 0, 40);
    run.thread('CrRendererMain').executes(js, 0, 40);
    expect(analyze(run.input()).workers).toBeNull();
  });
});
