import { mean, median } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { bootstrapInterval } from '../../src/stats/bootstrap.js';
import { normal } from './normal.js';

/** Rounds that differ from each other as much as iterations do within them. */
function roundsOf(next: () => number, rounds: number, iterations: number, level = 100): number[][] {
  return Array.from({ length: rounds }, () => {
    const round = level + 5 * next();
    return Array.from({ length: iterations }, () => round + 5 * next());
  });
}

const contains = ([low, high]: readonly [number, number], value: number): boolean => low <= value && value <= high;

describe('bootstrapInterval', () => {
  // Of 300 trials with 95 % some 285 hold it, give or take 8.
  test.each([5, 7, 10, 20])('holds the true median in 95 of 100 trials of %i rounds that differ', (rounds) => {
    let held = 0;
    for (let trial = 1; trial <= 300; trial++) {
      if (contains(bootstrapInterval([roundsOf(normal(trial), rounds, 5)], median, trial), 100)) held++;
    }
    expect(held).toBeGreaterThanOrEqual(0.95 * 300 - 8);
    expect(held).toBeLessThan(300);
  });

  test('would be too narrow if iterations of a round were taken as independent', () => {
    const rounds = roundsOf(normal(5), 10, 20);
    const [low, high] = bootstrapInterval([rounds], median);
    const [narrowLow, narrowHigh] = bootstrapInterval([rounds.flat().map((ms) => [ms])], median);
    expect(high - low).toBeGreaterThan(1.5 * (narrowHigh - narrowLow));
  });

  test('holds the true ratio of two samples', () => {
    let held = 0;
    for (let trial = 1; trial <= 100; trial++) {
      const next = normal(trial + 1000);
      const samples = [roundsOf(next, 10, 5, 200), roundsOf(next, 10, 5, 100)];
      if (
        contains(
          bootstrapInterval(samples, (a, b) => median(a!) / median(b!)),
          2,
        )
      )
        held++;
    }
    expect(held).toBeGreaterThanOrEqual(93);
  });

  test('is the same for a seed, and another for another', () => {
    const rounds = roundsOf(normal(1), 6, 5);
    const of = (seed: number) => bootstrapInterval([rounds], mean, seed);
    expect(of(3)).toEqual(of(3));
    expect(of(3)).not.toEqual(of(4));
  });

  test('resamples the members of a single group, empty groups aside', () => {
    const [low, high] = bootstrapInterval([[[], [90, 95, 100, 105, 110], []]], median);
    expect(low).toBeGreaterThanOrEqual(90);
    expect(low).toBeLessThan(100);
    expect(high).toBeGreaterThan(100);
  });

  test('knows no end where there are too few groups to draw from', () => {
    const unknown = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    const four = [[90], [95, 96], [100], [105]];
    expect(bootstrapInterval([[[7]]], median)).toEqual(unknown);
    expect(bootstrapInterval([four], median)).toEqual(unknown);
    expect(bootstrapInterval([[...four, [110]]], median).every(Number.isFinite)).toBe(true);
    expect(bootstrapInterval([[...four, [110]], four], (a, b) => median(a!) / median(b!))).toEqual(unknown);
  });

  test('is NaN where a sample has no observations', () => {
    expect(bootstrapInterval([[]], median)).toEqual([Number.NaN, Number.NaN]);
    expect(bootstrapInterval([[[1, 2]], [[]]], (a, b) => median(a!) / median(b!))).toEqual([Number.NaN, Number.NaN]);
  });
});
