import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import type { Scheduling } from '../../../src/bundle/scheduling.js';
import { buildManifest } from '../buildManifest.js';
import { RunBuilder, wasm } from '../buildRun.js';

const OWNER_WAITED_MS = 40;

interface Others {
  /** CPU time in the window's 100 ms: of another thread of the page, of the GPU process, and of the whole machine. */
  readonly pageMs: number;
  readonly gpuMs: number;
  readonly machineMs: number | null;
}

/** A window of 100 ms, whose thread ran 60 and waited for a core for 40. */
function analyzed({ pageMs, gpuMs, machineMs }: Others) {
  const run = new RunBuilder();
  const owner = run
    .thread()
    .executes(wasm('simd128'), 0, 100)
    .preempted(50, 50 + OWNER_WAITED_MS)
    .task(0, 100);
  owner.phase('iteration:0', 0, 100);
  const pool = run.thread().executes(wasm('simd128'), 0, 100).task(0, 100);
  const threads = [
    { pid: owner.pid, tid: owner.tid, ranMs: 100 - OWNER_WAITED_MS, waitedMs: OWNER_WAITED_MS },
    { pid: pool.pid, tid: pool.tid, ranMs: pageMs, waitedMs: 0 },
    { pid: 99, tid: 990, ranMs: gpuMs, waitedMs: 0 },
  ];
  const scheduling: Scheduling = {
    schema: 'inferscope.sched/1',
    source: 'test',
    threads: threads.map(({ pid, tid }) => ({ pid, tid, traceTid: tid, name: '' })),
    samples: {
      thread: threads.flatMap((_, i) => [i, i]),
      atUs: threads.flatMap(() => [0, 100_000]),
      ranUs: threads.flatMap(({ ranMs }) => [0, ranMs * 1000]),
      waitedUs: threads.flatMap(({ waitedMs }) => [0, waitedMs * 1000]),
    },
    ...(machineMs !== null && { system: { atUs: [0, 100_000], busyUs: [5e6, 5e6 + machineMs * 1000] } }),
  };
  return analyze(run.input({ scheduling, manifest: buildManifest() }));
}

describe('who had the cores', () => {
  test('is told by the scheduler’s records and the busy time of the machine', () => {
    expect(analyzed({ pageMs: 80, gpuMs: 30, machineMs: 200 }).cores).toEqual({
      waitedMs: OWNER_WAITED_MS,
      pageMs: 80,
      pageThreads: 1,
      browserMs: 30,
      othersMs: 30,
    });
  });

  test('is not known of other programs where the machine was not watched, and of nobody without records', () => {
    expect(analyzed({ pageMs: 80, gpuMs: 30, machineMs: null }).cores).toMatchObject({ pageMs: 80, othersMs: null });
    const run = new RunBuilder();
    run.thread().executes(wasm('simd128'), 0, 100).task(0, 100).phase('iteration:0', 0, 100);
    expect(analyze(run.input()).cores).toBeNull();
  });

  test.each([
    ['the page itself: fewer threads', { pageMs: 90, gpuMs: 10, machineMs: 165 }, /which the page’s own threads had/, true],
    ['the browser', { pageMs: 10, gpuMs: 80, machineMs: 155 }, /which the browser’s other processes had\.$/, false],
    ['other programs', { pageMs: 10, gpuMs: 10, machineMs: 180 }, /which other programs had\. Quiet the machine/, false],
  ] as const)('decides what is advised: %s', (_, others, why, isStep) => {
    const { validity, steps } = analyzed(others);
    const reason = validity!.reasons.find(({ id }) => id === 'preempted')!;
    expect(reason.text).toMatch(why);
    // What the page and its browser take comes with the page.
    expect(reason.level).toBe(why.source.includes('other programs') ? 'void' : 'fair');
    expect(steps!.some(({ id }) => id === 'threads.fewer')).toBe(isStep);
  });
});
