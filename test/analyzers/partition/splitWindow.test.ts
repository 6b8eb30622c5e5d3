import { describe, expect, test } from 'vitest';
import type { ThreadSpans } from '../../../analyzers/activity/threadSpans.js';
import { causeIds } from '../../../analyzers/partition/causes/index.js';
import { criticalPath } from '../../../analyzers/partition/criticalPath.js';
import { offCpu, type Runnable } from '../../../analyzers/partition/offCpu.js';
import { type Split, splitWindow } from '../../../analyzers/partition/splitWindow.js';
import { random } from '../../../src/stats/random.js';

const sumOf = (split: Split): number => causeIds.reduce((sum, id) => sum + split[id], 0);
const at = <T>(startUs: number, endUs: number, value: T) => ({ startUs, endUs, value });

/** Computes 0 … 40 and 60 … 100, sleeps between. Silent 10 … 20. */
const owner: ThreadSpans = {
  activity: [at(0, 20, 'isa.simd128'), at(20, 40, 'isa.scalar'), at(40, 60, 'contention.workers'), at(60, 100, 'isa.simd128')],
  silent: [at(10, 20, null)],
  causes: [],
  tasks: [],
  waits: [],
  isSampled: true,
  endedBy: () => null,
};

/** By the scheduler's word it lacked a core whenever it was off the CPU. */
const ALL: Runnable = { inCauses: 1, elsewhere: 1 };

function splitOf(offCpuUs: number, thread = owner, lackedCore: Runnable | null = ALL): Split {
  const window = { thread: 0, startUs: 0, endUs: 100, offCpuUs };
  const path = criticalPath(window, {
    owner: thread,
    others: [],
    pageTasks: new Set(),
    gpu: null,
    turns: [],
    deviceTurns: [],
    isGpuHidden: false,
    waitedFor: () => null,
  });
  return splitWindow(window, path, thread, offCpu(window, path, thread), lackedCore);
}

describe('splitWindow', () => {
  test('is the path’s sums where thread times are missing', () => {
    expect(splitOf(Number.NaN)).toMatchObject({ 'isa.simd128': 60, 'isa.scalar': 20, 'contention.workers': 20 });
  });

  test('does not take sleeping on purpose for being preempted', () => {
    expect(splitOf(20)['contention.preempted']).toBe(0);
  });

  test('takes preempted time from where the thread was silent first', () => {
    expect(splitOf(28)).toMatchObject({
      'isa.simd128': 52,
      'isa.scalar': 20,
      'contention.preempted': 8,
      'contention.workers': 20,
    });
  });

  test('takes what silence does not hold from all that ran, in equal parts', () => {
    const split = splitOf(44);
    expect(split['contention.preempted']).toBeCloseTo(24, 9);
    expect(split['isa.simd128']).toBeCloseTo(50 - 10, 9);
    expect(split['isa.scalar']).toBeCloseTo(20 - 4, 9);
  });

  test('takes preempted time from the slices that lack thread time, and only the rest from elsewhere', () => {
    const collecting: ThreadSpans = {
      activity: [at(0, 60, 'isa.simd128'), at(60, 80, 'runtime.gc'), at(80, 100, 'isa.simd128')],
      silent: [at(10, 30, null)],
      causes: [at(60, 80, 0.4)],
      tasks: [],
      waits: [],
      isSampled: true,
      endedBy: () => null,
    };
    expect(splitOf(6, collecting)).toMatchObject({ 'isa.simd128': 80, 'runtime.gc': 14, 'contention.preempted': 6 });
    expect(splitOf(13, collecting)).toMatchObject({ 'isa.simd128': 75, 'runtime.gc': 12, 'contention.preempted': 13 });
  });

  test('makes no time of slices whose clocks say that they ran longer than they took', () => {
    const hasty = { ...owner, causes: [at(0, 10, -0.1)] };
    expect(splitOf(28, hasty)).toMatchObject({ 'isa.simd128': 52, 'isa.scalar': 20, 'contention.preempted': 8 });
  });

  test('takes what it slept by the kernel’s word for waiting for a lock, where it was silent and no core lacked', () => {
    const slept = { inCauses: 1, elsewhere: 0.25 };
    // Of 8 off the CPU it lacked a core for 2.
    expect(splitOf(28, owner, slept)).toMatchObject({
      'isa.simd128': 52,
      'isa.scalar': 20,
      'contention.preempted': 2,
      'contention.lock': 6,
      'contention.workers': 20,
    });
    // Of 24 it lacked one for 6; silence has room for 4 more, and in what is left samples name functions.
    expect(splitOf(44, owner, slept)).toMatchObject({
      'isa.simd128': 50,
      'isa.scalar': 20,
      'contention.preempted': 6,
      'contention.lock': 4,
    });
  });

  test('leaves what slices that are a cause slept with them, whose helpers they wait for', () => {
    const collecting = {
      ...owner,
      activity: [at(0, 100, 'runtime.gc' as const)],
      silent: [at(0, 100, null)],
      causes: [at(0, 100, 0.5)],
    };
    expect(splitOf(50, collecting, { inCauses: 0.2, elsewhere: 0 })).toMatchObject({
      'runtime.gc': 90,
      'contention.preempted': 10,
      'contention.lock': 0,
    });
  });

  test.each([-50, 0, 99, 100, 5000])(
    'sums to the window for any thread time, also one that cannot be (%i µs off)',
    (offCpuUs) => {
      const split = splitOf(offCpuUs);
      expect(sumOf(split)).toBeCloseTo(100, 9);
      expect(Math.min(...causeIds.map((id) => split[id]))).toBeGreaterThanOrEqual(0);
    },
  );

  test('sums to the window for any silence and tasks', () => {
    const next = random(3);
    for (let i = 0; i < 200; i++) {
      const from = next() * 100;
      const tasks = [at(from, from + next() * 50, { row: 0, durationUs: 60, cpuUs: next() * 60 })];
      const silent = [at(next() * 40, 40 + next() * 50, null)];
      const split = splitOf(
        next() < 0.5 ? Number.NaN : next() * 150,
        {
          ...owner,
          silent,
          tasks,
          causes: [at(next() * 20, 20 + next() * 60, 2 * next() - 0.5)],
        },
        { inCauses: next(), elsewhere: next() },
      );
      expect(sumOf(split)).toBeCloseTo(100, 9);
      expect(Math.min(...causeIds.map((id) => split[id]))).toBeGreaterThanOrEqual(0);
    }
  });
});
