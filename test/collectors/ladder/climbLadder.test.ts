import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Climb, climbLadder } from '../../../collectors/ladder/climbLadder.js';
import { type Rung, rungsOf } from '../../../collectors/ladder/rungs.js';
import { sideRungsOf } from '../../../collectors/ladder/sideRungs.js';
import { silent } from '../../../collectors/progress.js';
import type { Manifest } from '../../../src/bundle/manifest.js';

type Replicate = NonNullable<Manifest['ladder']>['replicates'][number];

const run = { backend: 'wasm', threads: 2, on: 'worker', cores: 4, simd: null } as const;
const rungs = rungsOf(run);
const sides = sideRungsOf(run);
const ids = rungs.map(({ id }) => id).sort();

interface Plan extends Partial<Omit<Climb, 'rungs' | 'open' | 'keep'>> {
  /** Others than those of the CPU. */
  readonly of?: readonly Rung[];
  /** With the rungs beside the chain. */
  readonly beside?: boolean;
  /** What opening a rung takes, and one prediction. */
  readonly openMs?: number;
  readonly predictionMs?: number;
  /** What goes wrong: thrown for the rung of that name when it does that for the n-th time. */
  readonly failing?: { readonly rung: string; readonly at: 'open' | 'predict' | 'close'; readonly time: number };
  readonly keep?: (replicate: Replicate) => Promise<void>;
}

/** A ladder on a clock that only stands still or is put forward: rungs that take the time that they say. */
function climb(plan: Plan = {}) {
  const { openMs = 500, predictionMs = 50, failing } = plan;
  const kept: Replicate[] = [];
  const opened: string[] = [];
  const closed: string[] = [];
  const lost: string[] = [];
  const counts: number[] = [];
  const progress: (number | null)[] = [];
  const times = new Map<string, number>();
  const mayFail = (rung: Rung, at: 'open' | 'predict' | 'close'): void => {
    const time = (times.get(`${at} ${rung.id}`) ?? 0) + 1;
    times.set(`${at} ${rung.id}`, time);
    if (failing && failing.rung === rung.id && failing.at === at && failing.time === time) throw new Error(`${at} failed`);
  };
  const startedMs = performance.now();
  const done = climbLadder(
    {
      rungs: plan.of ?? (plan.beside ? [...rungs, ...sides] : rungs),
      budgetMs: plan.budgetMs ?? 60_000,
      seed: plan.seed ?? 1,
      enough: plan.enough ?? (() => false),
      async open(rung) {
        mayFail(rung, 'open');
        vi.advanceTimersByTime(openMs);
        opened.push(rung.id);
        return {
          threads: rung.threads,
          async predict(count) {
            mayFail(rung, 'predict');
            counts.push(count);
            vi.advanceTimersByTime(count * predictionMs);
            return Array.from({ length: count }, () => predictionMs);
          },
          async close() {
            closed.push(rung.id);
            mayFail(rung, 'close');
          },
        };
      },
      lost: ({ id }, { message }) => void lost.push(`${id}: ${message}`),
      keep: plan.keep ?? (async (replicate) => void kept.push(replicate)),
    },
    { ...silent, advance: (fraction) => void progress.push(fraction) },
  );
  const spent = done.then(() => performance.now() - startedMs);
  return { spent, kept, lost, opened, closed, counts, progress };
}

/** Ids of the rungs that a replicate ran. */
const ranIn = ({ rounds }: Replicate): string[] => [...new Set(rounds.flatMap((round) => round.map(({ rung }) => rung)))].sort();
const all = [...rungs, ...sides].map(({ id }) => id).sort();

const ordersOf = (replicates: readonly Replicate[]): string[] =>
  replicates.flatMap(({ rounds }) => rounds.map((round) => round.map(({ rung }) => rung).join(' ')));

describe('climbLadder', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => void vi.useRealTimers());

  test('runs every rung once in every round, and three rounds or more in every replicate', async () => {
    const { spent, kept } = climb();
    await spent;
    expect(kept.length).toBeGreaterThanOrEqual(3);
    for (const { rounds } of kept) {
      expect(rounds.length).toBeGreaterThanOrEqual(3);
      for (const round of rounds) {
        expect(round.map(({ rung }) => rung).sort()).toEqual(ids);
        expect(round.every(({ ms }) => ms.length > 0)).toBe(true);
      }
    }
  });

  test('opens every rung anew for each replicate, and closes it', async () => {
    const { spent, kept, opened, closed } = climb();
    await spent;
    expect(opened).toHaveLength(kept.length * rungs.length);
    expect(opened.slice(0, rungs.length).sort()).toEqual(ids);
    expect([...closed].sort()).toEqual([...opened].sort());
  });

  test('lets every rung settle one by one, and not for long where a prediction takes seconds', async () => {
    // Without rungs beside the chain, which a small budget leaves out.
    const chain = rungs.filter(({ side }) => !side);
    const settling = async (predictionMs: number) => {
      const { spent, opened, counts } = climb({ of: chain, predictionMs, budgetMs: 1 });
      await spent;
      expect(opened).toHaveLength(chain.length);
      return (counts.length - 3 * chain.length) / chain.length;
    };
    expect(await settling(10)).toBe(15);
    expect(await settling(1000)).toBe(4);
    expect(await settling(60_000)).toBe(2);
  });

  test('takes the rungs in a random order that a seed repeats', async () => {
    const of = async (seed: number) => {
      const { spent, kept, opened } = climb({ seed });
      await spent;
      return { orders: ordersOf(kept), opened };
    };
    const first = await of(1);
    expect(new Set(first.orders).size).toBeGreaterThan(first.orders.length / 2);
    expect(await of(1)).toEqual(first);
    expect((await of(2)).orders).not.toEqual(first.orders);
  });

  test('makes blocks of short predictions longer, and blocks of long ones single', async () => {
    const longest = async (predictionMs: number) => {
      const { spent, kept } = climb({ predictionMs });
      await spent;
      return Math.max(...kept.flatMap(({ rounds }) => rounds.flatMap((round) => round.map(({ ms }) => ms.length))));
    };
    expect(await longest(1)).toBe(10);
    expect(await longest(50)).toBe(5);
    expect(await longest(400)).toBe(1);
  });

  test('gives rungs beside the chain fewer predictions', async () => {
    const { spent, kept } = climb({ predictionMs: 10, beside: true, budgetMs: 90_000 });
    await spent;
    const longest = (of: readonly Rung[]) =>
      of.map(({ id }) =>
        Math.max(...kept[0]!.rounds.flatMap((round) => round.flatMap(({ rung, ms }) => (rung === id ? ms.length : [])))),
      );
    expect(new Set(longest(rungs))).toEqual(new Set([10]));
    expect(new Set(longest(sides))).toEqual(new Set([3]));
  });

  test('has each rung beside the chain in turn with the page as used, as often as the chain, in every replicate', async () => {
    const { spent, kept } = climb({ budgetMs: 600_000, beside: true });
    await spent;
    expect(kept).toHaveLength(6);
    const used = rungs.at(-1)!.id;
    for (const { rounds } of kept) {
      const whole = rounds.filter((round) => round.length === rungs.length);
      for (const round of whole) expect(round.map(({ rung }) => rung).sort()).toEqual(ids);
      for (const { id } of sides) {
        const own = rounds.filter((round) => round.some(({ rung }) => rung === id));
        expect(own).toHaveLength(whole.length);
        for (const round of own) {
          const [first, second, third, fourth] = round.map(({ rung }) => rung);
          expect([first, second].sort()).toEqual([id, used].sort());
          expect([third, fourth]).toEqual([second, first]);
        }
        expect(new Set(own.map(([first]) => first!.rung)).size).toBe(2);
      }
    }
  });

  test('shares the budget among fewer replicates where opening takes long, so that rounds have their part', async () => {
    const { spent, kept } = climb({ budgetMs: 600_000, openMs: 10_000, beside: true });
    await spent;
    expect(kept.length).toBeGreaterThanOrEqual(3);
    expect(kept.length).toBeLessThan(6);
    const openingMs = (rungs.length + sides.length) * 10_000;
    for (const { rounds } of kept) {
      const blocks = rounds.reduce((sum, round) => sum + round.length, 0);
      expect(blocks * 250).toBeGreaterThan(openingMs / 4);
    }
  });

  test('never begins with them where the chain alone takes too long', async () => {
    const { spent, kept, opened } = climb({ budgetMs: 20_000, beside: true });
    await spent;
    expect(new Set(opened)).toEqual(new Set(ids));
    for (const replicate of kept) expect(ranIn(replicate)).toEqual(ids);
  });

  test('has only the first of them where the budget has no room for all in three replicates', async () => {
    const { spent, kept, opened, closed } = climb({ budgetMs: 54_000, beside: true });
    await spent;
    const first = [...ids, sides[0]!.id].sort();
    expect(kept.map(ranIn)).toEqual([first, first, first]);
    expect(opened).toContain(sides[0]!.id);
    expect([...closed].sort()).toEqual([...opened].sort());
  });

  test.each(['open', 'predict'] as const)('goes on without one of them that fails as it is opened: %s', async (at) => {
    const rung = sides[1]!.id;
    const { spent, kept, lost, opened, closed } = climb({ beside: true, budgetMs: 600_000, failing: { rung, at, time: 1 } });
    await spent;
    expect(lost).toEqual([`${rung}: ${at} failed`]);
    expect(new Set(kept.map((replicate) => ranIn(replicate).join()))).toEqual(new Set([all.filter((id) => id !== rung).join()]));
    expect([...closed].sort()).toEqual([...opened].sort());
  });

  test.each([
    ['long', 600_000, 50, 500],
    ['short', 60_000, 50, 500],
    ['slow to open', 60_000, 10, 2000],
    ['slow to run', 600_000, 1500, 1000],
  ])('keeps a budget to about one round: %s', async (_, budgetMs, predictionMs, openMs) => {
    const { spent, kept } = climb({ budgetMs, predictionMs, openMs });
    const roundMs = rungs.length * Math.max(250, predictionMs);
    expect(await spent).toBeLessThanOrEqual(budgetMs + roundMs);
    expect(await spent).toBeGreaterThan(budgetMs / 2);
    expect(kept.length).toBeLessThanOrEqual(6);
  });

  test('begins no replicate that cannot be done in what is left', async () => {
    const oneMs = rungs.length * (1000 + 2 * 2000) + 3 * rungs.length * 2000;
    const { spent, kept } = climb({ budgetMs: 2.5 * oneMs, predictionMs: 2000, openMs: 1000 });
    expect(await spent).toBe(2 * oneMs);
    expect(kept).toHaveLength(2);
  });

  test('makes one replicate of three rounds, however small the budget', async () => {
    const { spent, kept } = climb({ budgetMs: 1, predictionMs: 1000 });
    await spent;
    expect(kept.map(({ rounds }) => rounds.length)).toEqual([3]);
  });

  test('stops as soon as the effects are known well enough, with three replicates at the least', async () => {
    const asked: number[] = [];
    const { spent, kept } = climb({
      enough: (replicates) => {
        asked.push(replicates.length);
        return replicates.length >= 4;
      },
    });
    expect(await spent).toBeLessThan(60_000);
    expect(kept).toHaveLength(4);
    expect(asked).toEqual([3, 4]);
  });

  test.each([
    ['is opened', 'open'],
    ['settles', 'predict'],
  ] as const)('a rung that fails as it %s ends it, with all that were opened closed', async (_, at) => {
    const { spent, opened, closed, kept } = climb({ failing: { rung: 'runtime.stack', at, time: 1 } });
    await expect(spent).rejects.toThrow(`${at} failed`);
    expect([...closed].sort()).toEqual([...opened].sort());
    expect(kept).toEqual([]);
  });

  test('a rung that fails in the middle of a later replicate leaves the earlier ones', async () => {
    const { spent, opened, closed, kept } = climb({ failing: { rung: 'native', at: 'open', time: 3 } });
    await expect(spent).rejects.toThrow('open failed');
    expect(kept).toHaveLength(2);
    expect([...closed].sort()).toEqual([...opened].sort());
  });

  test('a rung that cannot be closed does not keep the others open, and ends nothing', async () => {
    const { spent, opened, closed, kept } = climb({ failing: { rung: 'native', at: 'close', time: 1 } });
    await spent;
    expect([...closed].sort()).toEqual([...opened].sort());
    expect(kept.length).toBeGreaterThan(1);
  });

  test('closes all when what was measured cannot be kept', async () => {
    const { spent, opened, closed } = climb({ keep: () => Promise.reject(new Error('disk full')) });
    await expect(spent).rejects.toThrow('disk full');
    expect([...closed].sort()).toEqual([...opened].sort());
  });

  test('progress only grows', async () => {
    const { spent, progress } = climb();
    await spent;
    const fractions = progress.map((fraction) => fraction!);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions[0]).toBe(0);
  });
});
