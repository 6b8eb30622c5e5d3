import { mean } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { type LadderRound, ladderEffects } from '../../src/stats/ladderEffects.js';
import { random } from '../../src/stats/random.js';
import { shuffled } from '../../src/stats/shuffled.js';
import { normal } from './normal.js';

const ids = ['native', 'threads', 'isa+library', 'runtime.tier', 'contention.page'];
/** True latencies, ms. */
const levels = [20, 26, 50, 53, 51];

interface Shape {
  readonly replicates: number;
  readonly rounds?: number;
  readonly luck?: number;
  readonly noise?: number;
}

/** A ladder in which each process has its own luck for life, and each iteration its own noise, both relative. */
function climbed(seed: number, { replicates, rounds = 6, luck = 0.03, noise = 0.01 }: Shape): { rounds: LadderRound[] }[] {
  const next = normal(seed);
  const order = random(seed);
  return Array.from({ length: replicates }, () => {
    const lucky = levels.map((level) => level * (1 + luck * next()));
    return {
      rounds: Array.from({ length: rounds }, () =>
        shuffled(ids, order).map((rung) => ({
          rung,
          ms: Array.from({ length: 4 }, () => lucky[ids.indexOf(rung)]! * (1 + noise * next())),
        })),
      ),
    };
  });
}

const round = (...ms: number[]): LadderRound => ms.map((latency, i) => ({ rung: ids[i]!, ms: [latency] }));
const contains = ([low, high]: readonly [number, number], value: number): boolean => low <= value && value <= high;

describe('ladderEffects', () => {
  test.each([1, 2, 3, 8])('of %i replicates sum to the top less the bottom, whatever was measured', (replicates) => {
    for (let seed = 1; seed <= 50; seed++) {
      const { effects, rungs, ratio } = ladderEffects(ids, climbed(seed, { replicates, luck: 0.3, noise: 0.2 }));
      const sum = effects.reduce((total, { ms }) => total + ms, 0);
      expect(Math.abs(sum - (rungs.at(-1)!.ms - rungs[0]!.ms))).toBeLessThan(1e-9);
      expect(ratio).toBeCloseTo(rungs.at(-1)!.ms / rungs[0]!.ms, 12);
    }
  });

  test('are one per step, named after the rung above it', () => {
    const { effects, rungs } = ladderEffects(ids, climbed(1, { replicates: 3 }));
    expect(rungs.map(({ rung }) => rung)).toEqual(ids);
    expect(effects.map(({ rung }) => rung)).toEqual(ids.slice(1));
  });

  test('do not depend on the order within a round', () => {
    const replicates = climbed(4, { replicates: 3 });
    const reversed = replicates.map(({ rounds }) => ({ rounds: rounds.map((entries) => [...entries].reverse()) }));
    expect(ladderEffects(ids, reversed)).toEqual(ladderEffects(ids, replicates));
  });

  test('with three replicates have the replicate as their unit: its rounds make one median', () => {
    const replicates = [12, 14, 16].map((top) => ({ rounds: [round(10, top - 1), round(10, top), round(10, top + 9)] }));
    const { effects } = ladderEffects(['native', 'threads'], replicates);
    expect(effects[0]!.ms).toBe(4);
    // Of 2, 4 and 6: ± 4.303 · 2 / √3
    expect(effects[0]!.ci95Ms[1]).toBeCloseTo(4 + 4.969, 2);
  });

  test('with fewer have the round as their unit', () => {
    const replicates = [{ rounds: [round(10, 12), round(10, 14)] }, { rounds: [round(10, 16)] }];
    const { effects } = ladderEffects(['native', 'threads'], replicates);
    expect(effects[0]!.ms).toBe(4);
    expect(effects[0]!.ci95Ms[1]).toBeCloseTo(4 + 4.969, 2);
  });

  test('of a single round have no finite interval', () => {
    const { effects, ratioCi95 } = ladderEffects(['native', 'threads'], [{ rounds: [round(10, 12)] }]);
    expect(effects[0]).toEqual({ rung: 'threads', ms: 2, ci95Ms: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] });
    expect(ratioCi95).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });

  test('are not widened by what slows a whole replicate down alike, and the ratio not at all', () => {
    const slowed = [1, 1.5, 2].map((factor) => ({ rounds: [round(10 * factor, 30 * factor), round(10 * factor, 30 * factor)] }));
    const { ratio, ratioCi95 } = ladderEffects(['native', 'threads'], slowed);
    expect(ratio).toBeCloseTo(3, 12);
    for (const bound of ratioCi95) expect(bound).toBeCloseTo(3, 9);
  });

  test('hold each planted effect in 90 % of 300 trials or more, though every process has its luck', () => {
    const trials = 300;
    const held = levels.slice(1).map(() => 0);
    let heldRatio = 0;
    for (let seed = 1; seed <= trials; seed++) {
      const { effects, ratioCi95 } = ladderEffects(ids, climbed(seed, { replicates: 5 }));
      for (const [i, { ci95Ms }] of effects.entries()) if (contains(ci95Ms, levels[i + 1]! - levels[i]!)) held[i]!++;
      if (contains(ratioCi95, levels.at(-1)! / levels[0]!)) heldRatio++;
    }
    for (const count of [...held, heldRatio]) {
      expect(count / trials).toBeGreaterThanOrEqual(0.9);
      expect(count / trials).toBeLessThanOrEqual(0.99);
    }
  });

  test('of rounds alone would be too narrow for that luck', () => {
    const trials = 200;
    let held = 0;
    for (let seed = 1; seed <= trials; seed++) {
      const { effects } = ladderEffects(ids, climbed(seed, { replicates: 2 }));
      if (contains(effects[1]!.ci95Ms, 24)) held++;
    }
    expect(held / trials).toBeLessThan(0.8);
  });

  test('have rungs whose intervals do not end below zero, however far replicates are apart', () => {
    const replicates = [5, 40, 350].map((ms) => ({ rounds: [round(ms, 2 * ms)] }));
    for (const { ms, ci95Ms } of ladderEffects(['native', 'threads'], replicates).rungs) {
      expect(ci95Ms[0]).toBeGreaterThan(0);
      expect(ci95Ms[0]).toBeLessThan(ms);
      expect(ci95Ms[1]).toBeGreaterThan(ms);
    }
  });

  test('are not biased', () => {
    const found = Array.from({ length: 200 }, (_, i) => ladderEffects(ids, climbed(i + 1, { replicates: 3 })).effects[1]!.ms);
    expect(mean(found)).toBeCloseTo(24, 0);
  });
});
