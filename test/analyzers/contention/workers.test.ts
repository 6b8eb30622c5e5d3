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

  test('are preempted for as long as the scheduler says, however many they are', () => {
    const run = new RunBuilder();
    run.thread().phase('iteration:0', 0, 40).executes(wasm('simd128'), 0, 40);
    for (let i = 0; i < 24; i++) run.thread().executes(wasm('simd128'), 0, 40);
    const all = run.threads.slice(0, -1).map(({ pid, tid }, i) => ({ pid, tid, waitedMs: 30 - i }));
    const scheduling = {
      schema: 'inferscope.sched/1' as const,
      source: 'test',
      threads: all.map(({ pid, tid }) => ({ pid, tid, traceTid: tid, name: '' })),
      samples: {
        thread: all.flatMap((_, i) => [i, i]),
        atUs: all.flatMap(() => [0, 40_000]),
        ranUs: all.flatMap(() => [0, 1000]),
        waitedUs: all.flatMap(({ waitedMs }) => [0, waitedMs * 1000]),
      },
    };
    const { workers } = analyze(run.input({ scheduling }));
    const label = (tid: number) => expect.stringMatching(new RegExp(`${tid}$`));
    for (const { tid, waitedMs } of all)
      expect(workers!.threads).toContainEqual(expect.objectContaining({ thread: label(tid), preemptedMs: waitedMs }));
    const unlisted = run.threads.at(-1)!.tid;
    expect(workers!.threads).toContainEqual(expect.objectContaining({ thread: label(unlisted), preemptedMs: null }));
  });

  test('are none where the owner works alone', () => {
    const run = new RunBuilder();
    run.thread().phase('iteration:0', 0, 40).executes(wasm('simd128'), 0, 40);
    run.thread('CrRendererMain').executes(js, 0, 40);
    expect(analyze(run.input()).workers).toBeNull();
  });
});
