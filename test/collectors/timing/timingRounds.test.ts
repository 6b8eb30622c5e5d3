import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { silent } from '../../../collectors/progress.js';
import { settle, type TimingPlan, type Turn, timingRounds } from '../../../collectors/timing/timingRounds.js';
import { random } from '../../../src/stats/random.js';

/** A browser and a native run that take no time, but say that they took so long. */
async function rounds(plan: TimingPlan, latency: () => number, { native = true, tfjsNode = false } = {}) {
  const kept: Turn[] = [];
  const calls: string[] = [];
  const progress: { fraction: number | null; detail: string }[] = [];
  const predict = (who: string) => async (count: number) => {
    calls.push(who);
    return Array.from({ length: count }, latency);
  };
  const sides = {
    browser: predict('browser'),
    native: native ? predict('native') : null,
    tfjsNode: tfjsNode ? predict('tfjs-node') : null,
  };
  await timingRounds(plan, sides, async (round) => void kept.push(round), {
    ...silent,
    advance: (fraction, detail) => void progress.push({ fraction, detail }),
  });
  return { kept, calls, progress, done: kept.reduce((sum, { browserMs }) => sum + browserMs.length, 0) };
}

const exactly = (iterations: number): TimingPlan => ({ iterations, budgetMs: 1 });
const asNeeded: TimingPlan = { iterations: null, budgetMs: 60_000 };
const steady = () => 50;

describe('with a number of iterations', () => {
  test.each([1, 2, 5, 6, 7, 13, 150])('runs exactly %i, in both', async (iterations) => {
    const { kept, done } = await rounds(exactly(iterations), steady);
    expect(done).toBe(iterations);
    expect(kept.every(({ browserMs, nativeMs }) => browserMs.length > 0 && browserMs.length === nativeMs.length)).toBe(true);
  });

  test('does so over the budget of time too', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const slow = () => {
      vi.advanceTimersByTime(10_000);
      return 10_000;
    };
    const { done } = await rounds(exactly(12), slow);
    vi.useRealTimers();
    expect(done).toBe(12);
  });

  test('splits them into rounds, so that there is a variation between rounds', async () => {
    expect((await rounds(exactly(10), steady)).kept).toHaveLength(5);
  });
});

test('browser and native take turns: A B A B', async () => {
  const { calls } = await rounds(exactly(20), steady);
  expect(calls).toEqual(Array.from({ length: calls.length }, (_, i) => (i % 2 === 0 ? 'browser' : 'native')));
  expect(calls.length).toBeGreaterThan(5);
});

test('without a native runtime only the browser runs', async () => {
  const { calls, kept } = await rounds(exactly(5), steady, { native: false });
  expect(new Set(calls)).toEqual(new Set(['browser']));
  expect(kept.every(({ nativeMs }) => nativeMs.length === 0)).toBe(true);
});

test('tfjs-node takes its turn after both, and is in the rounds only where it is there', async () => {
  const { calls, kept } = await rounds(exactly(20), steady, { tfjsNode: true });
  expect(calls).toEqual(Array.from({ length: calls.length }, (_, i) => ['browser', 'native', 'tfjs-node'][i % 3]));
  expect(kept.map(({ tfjsNodeMs }) => tfjsNodeMs)).toEqual(kept.map(({ browserMs }) => browserMs));
  for (const round of (await rounds(exactly(5), steady)).kept) expect(round).not.toHaveProperty('tfjsNodeMs');
});

describe('without a number of iterations', () => {
  test('stops as soon as the interval is narrow, after no fewer than five rounds', async () => {
    expect((await rounds(asNeeded, steady)).kept).toHaveLength(5);
  });

  test('goes on while latencies vary, and stops at the most iterations in any case', async () => {
    const next = random(3);
    const wild = await rounds(asNeeded, () => 10 + 1000 * next());
    expect(wild.kept.length).toBeGreaterThan(5);
    expect(wild.done).toBeGreaterThanOrEqual(200);
    expect(wild.done).toBeLessThan(240);
  });

  test('stops when the time is spent, however wide the interval is', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const next = random(3);
    const { done } = await rounds({ iterations: null, budgetMs: 1000 }, () => {
      vi.advanceTimersByTime(300);
      return 300 * (1 + next());
    });
    vi.useRealTimers();
    expect(done).toBeLessThanOrEqual(4);
  });

  test('makes blocks of short inferences longer, and blocks of long ones single', async () => {
    expect(Math.max(...(await rounds(asNeeded, () => 1)).kept.map(({ browserMs }) => browserMs.length))).toBe(20);
    expect(Math.max(...(await rounds(asNeeded, () => 3000)).kept.map(({ browserMs }) => browserMs.length))).toBe(1);
  });
});

test('progress only grows, and ends at all of it', async () => {
  const fractions = (await rounds(exactly(20), steady)).progress.map(({ fraction }) => fraction!);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect(fractions.at(-1)).toBe(1);
});

test('a failure of the browser ends it, with the rounds before it kept', async () => {
  const kept: Turn[] = [];
  let calls = 0;
  const browser = async (count: number): Promise<number[]> => {
    if (++calls === 3) throw new Error('gone');
    return Array.from({ length: count }, steady);
  };
  const running = timingRounds(
    exactly(20),
    { browser, native: null, tfjsNode: null },
    async (round) => void kept.push(round),
    silent,
  );
  await expect(running).rejects.toThrow('gone');
  expect(kept).toHaveLength(2);
});

describe('predictions that do not count yet', () => {
  test('are fifteen where they are quick, asked for one at a time', async () => {
    const asked: number[] = [];
    const took = await settle(async (count) => {
      asked.push(count);
      return [asked.length];
    }, 60_000);
    expect(took).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
    expect(new Set(asked)).toEqual(new Set([1]));
  });

  test('are two where one takes longer than the limit', async () => {
    const took = await settle(async () => {
      await pause(5);
      return [5];
    }, 1);
    expect(took).toHaveLength(2);
  });
});
