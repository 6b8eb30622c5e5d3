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

  describe('of more groups than can be drawn', () => {
    test('draws no more at a time, so that its time does not grow with them', () => {
      for (const samples of [
        [roundsOf(normal(1), 8000, 5)],
        [roundsOf(normal(1), 8000, 5), roundsOf(normal(2), 6000, 5)],
        [roundsOf(normal(1), 8000, 5), roundsOf(normal(2), 8, 5)],
        [roundsOf(normal(1), 10, 20_000)],
        [[Array.from({ length: 200_000 }, normal(1))]],
      ]) {
        let observations = 0;
        bootstrapInterval(samples, (...drawn) => {
          observations += drawn.reduce((sum, { length }) => sum + length, 0);
          return 0;
        });
        expect(observations / 1000).toBeLessThan(11_000);
      }
    });

    // Of 150 trials with 95 % some 142 hold it, give or take 5.
    test('holds the true median in 95 of 100 trials', () => {
      let held = 0;
      for (let trial = 1; trial <= 150; trial++) {
        if (contains(bootstrapInterval([roundsOf(normal(trial + 500), 600, 5)], median, trial), 100)) held++;
      }
      expect(held).toBeGreaterThanOrEqual(0.95 * 150 - 6);
      expect(held).toBeLessThan(150);
    });

    test('is as wide as when all are drawn: half as wide for four times as many', () => {
      const width = (rounds: number): number => {
        const [low, high] = bootstrapInterval([roundsOf(normal(9), rounds, 5)], median);
        return high - low;
      };
      const widths = [200, 800, 3200].map(width);
      expect(widths[0]! / widths[1]!).toBeGreaterThan(1.5);
      expect(widths[0]! / widths[1]!).toBeLessThan(2.7);
      expect(widths[1]! / widths[2]!).toBeGreaterThan(1.5);
      expect(widths[1]! / widths[2]!).toBeLessThan(2.7);
    });

    test('a small sample beside a large one decides how wide it is', () => {
      const small = roundsOf(normal(3), 10, 5, 100);
      const ratio = (a: number[], b: number[]): number => median(a) / median(b);
      const widthBeside = (rounds: number): number => {
        const [low, high] = bootstrapInterval([roundsOf(normal(4), rounds, 5, 200), small], (a, b) => ratio(a!, b!));
        return high - low;
      };
      expect(widthBeside(4000) / widthBeside(1000)).toBeGreaterThan(0.8);
      expect(widthBeside(4000) / widthBeside(1000)).toBeLessThan(1.25);
    });
  });
});
