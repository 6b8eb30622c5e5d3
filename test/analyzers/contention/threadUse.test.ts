import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import type { Scheduling } from '../../../src/bundle/scheduling.js';
import { baseline, buildManifest } from '../buildManifest.js';
import { RunBuilder, wasm } from '../buildRun.js';

/** Readings of one thread: [at, ran, waited] in ms. */
function scheduling(pid: number, tid: number, readings: readonly (readonly [number, number, number])[]): Scheduling {
  return {
    schema: 'inferscope.sched/1',
    source: 'test',
    threads: [{ pid, tid: tid + 1000, traceTid: tid, name: 'worker' }],
    samples: {
      thread: readings.map(() => 0),
      atUs: readings.map(([at]) => at * 1000),
      ranUs: readings.map(([, ran]) => ran * 1000),
      waitedUs: readings.map(([, , waited]) => waited * 1000),
    },
  };
}

function run(): { builder: RunBuilder; pid: number; tid: number } {
  const builder = new RunBuilder();
  builder
    .thread()
    .executes(wasm('simd128'), 0, 60)
    .executes(wasm('spin'), 60, 80)
    .task(0, 80)
    .phase('iteration:0', 0, 40)
    .phase('iteration:1', 40, 80);
  const { columns } = builder.trace().tables.threads;
  return { builder, pid: columns.pid[0]!, tid: columns.tid[0]! };
}

/** Off the CPU from 30 to 50 of 100 ms, in which it had no sample. */
function blockedRun(): { builder: RunBuilder; pid: number; tid: number } {
  const builder = new RunBuilder();
  builder.thread().executes(wasm('simd128'), 0, 100).preempted(30, 50).phase('iteration:0', 0, 100);
  const { columns } = builder.trace().tables.threads;
  return { builder, pid: columns.pid[0]!, tid: columns.tid[0]! };
}

describe('time off the CPU', () => {
  const causesOf = (waitedMs: number) => {
    const { builder, pid, tid } = blockedRun();
    const readings = [
      [0, 0, 0],
      [100, 80, waitedMs],
    ] as const;
    const { causes } = analyze(builder.input({ scheduling: scheduling(pid, tid, readings) })).partition!;
    return new Map(causes.map((cause) => [cause.id, cause]));
  };

  test('is preempted where the kernel says that it waited for a core', () => {
    expect(causesOf(20).get('contention.preempted')!.ms).toBeCloseTo(20, 0);
    expect(causesOf(20).has('contention.lock')).toBe(false);
  });

  test('is blocked where the kernel says that it slept, and says how long at the most', () => {
    const causes = causesOf(5);
    expect(causes.get('contention.preempted')!.ms).toBeCloseTo(5, 0);
    expect(causes.get('contention.lock')!.ms).toBeCloseTo(15, 0);
    expect(causes.get('contention.lock')!.evidence).toMatch(
      /^off the CPU without waiting .* in 1 window; 1\d\.\d ms in one at the most$/,
    );
    expect(causes.get('isa.simd128')!.ms).toBeCloseTo(80, 0);
  });
});

describe('threads during the windows', () => {
  test('are on a core, waiting or asleep, as the kernel says, and spin as the samples say', () => {
    const { builder, pid, tid } = run();
    const readings = [
      [0, 100, 10],
      [40, 130, 14],
      [80, 160, 18],
    ] as const;
    const [thread, ...others] = analyze(builder.input({ scheduling: scheduling(pid, tid, readings) })).threads!;
    expect(others).toEqual([]);
    expect(thread).toMatchObject({ owner: true, ranMs: 30, waitedMs: 4, sleptMs: 6 });
    expect(thread!.spinShare).toBeCloseTo(0.25, 1);
  });

  test('ran between two readings when they are seen awake, waited in what that leaves, and only what exceeds it lies elsewhere', () => {
    const { builder, pid, tid } = run();
    const use = (ranMs: number, waitedMs: number) =>
      analyze(
        builder.input({
          scheduling: scheduling(pid, tid, [
            [-80, 0, 0],
            [80, ranMs, waitedMs],
          ]),
        }),
      ).threads![0]!;
    expect(use(60, 12)).toMatchObject({ ranMs: 30, waitedMs: 6 });
    expect(use(60, 50)).toMatchObject({ ranMs: 30, waitedMs: 10 });
    expect(use(100, 50)).toMatchObject({ ranMs: 40, waitedMs: 0 });
  });

  test('waited before a wait is counted, as the kernel does when it is over', () => {
    const { builder, pid, tid } = run();
    // 38 ms of waiting are seen 2 ms after the reading before: 36 of them are of the first window.
    const [thread] = analyze(
      builder.input({
        scheduling: scheduling(pid, tid, [
          [0, 0, 0],
          [40, 2, 0],
          [42, 2, 38],
          [80, 40, 38],
        ]),
      }),
    ).threads!;
    expect(thread).toMatchObject({ ranMs: 20, waitedMs: 19, sleptMs: 1 });
  });

  test('of which the trace tells nothing are read between two readings in proportion', () => {
    const { builder, pid } = run();
    const [thread] = analyze(
      builder.input({
        scheduling: scheduling(pid, 99, [
          [-80, 0, 0],
          [80, 120, 20],
        ]),
      }),
    ).threads!;
    expect(thread).toMatchObject({ owner: false, ranMs: 30, waitedMs: 5 });
  });

  test('of other processes are left out, and without the kernel’s figures there is nothing', () => {
    const { builder, pid, tid } = run();
    expect(
      analyze(
        builder.input({
          scheduling: scheduling(pid + 1, tid, [
            [0, 0, 0],
            [80, 80, 0],
          ]),
        }),
      ).threads,
    ).toEqual([]);
    expect(analyze(builder.input()).threads).toBeNull();
  });

  test('of V8’s sampler are named where recording cost much', () => {
    const { builder, pid } = run();
    const sampler = scheduling(pid, 99, [
      [0, 0, 0],
      [80, 8, 0],
    ]);
    const threads = [{ ...sampler.threads[0]!, name: 'v8:ProfEvntProc' }];
    const manifest = buildManifest({ tracePass: { setupMs: 1, warmupMs: 1, settlingMs: [], iterationsMs: [90] } });
    const { notes } = analyze(builder.input({ manifest, baseline, scheduling: { ...sampler, threads } }));
    expect(notes.find(({ id }) => id === 'observer-effect')!.text).toContain('were on a core for 4.0 ms of each');
  });

  test('may be named by readings of threads that nobody listed', () => {
    const { builder, pid, tid } = run();
    const broken = scheduling(pid, tid, [[0, 0, 0]]);
    const samples = { ...broken.samples, thread: [7] };
    expect(analyze(builder.input({ scheduling: { ...broken, samples } })).threads).toEqual([]);
  });
});
