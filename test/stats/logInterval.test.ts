import { describe, expect, test } from 'vitest';
import { logInterval, logIntervalAround } from '../../src/stats/logInterval.js';
import { normal } from './normal.js';

describe('logInterval', () => {
  test('is Student’s of the logarithms: of 10, 20 and 40 it is 20 times and over e^(4.303 · 0.693 / √3)', () => {
    const { value, ci95 } = logInterval([10, 20, 40]);
    expect(value).toBeCloseTo(20, 9);
    expect(ci95[1] / 20).toBeCloseTo(Math.exp((4.302653 * Math.LN2) / Math.sqrt(3)), 3);
    expect(20 / ci95[0]).toBeCloseTo(ci95[1] / 20, 9);
  });

  test('has no negative end, however far the values are apart', () => {
    const { ci95 } = logInterval([5, 40, 350]);
    expect(ci95[0]).toBeGreaterThan(0);
    expect(ci95[1]).toBeGreaterThan(350);
  });

  test('of a ratio and of its inverse is the same', () => {
    const ratios = [3.1, 3.4, 4.2];
    const [one, other] = [logInterval(ratios), logInterval(ratios.map((ratio) => 1 / ratio))];
    expect(1 / other.value).toBeCloseTo(one.value, 9);
    expect(1 / other.ci95[0]).toBeCloseTo(one.ci95[1], 9);
  });

  test('of values that are alike has no width, and of a single one no end', () => {
    expect(logInterval([7, 7, 7])).toEqual({ value: 7, ci95: [7, 7] });
    expect(logInterval([0, 0])).toEqual({ value: 0, ci95: [0, 0] });
    expect(logInterval([7])).toEqual({ value: 7, ci95: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] });
  });

  test('of a value that is not positive is the mean, and no interval is known', () => {
    const { value, ci95 } = logInterval([0, 2, 4]);
    expect(value).toBe(2);
    expect(ci95.some(Number.isFinite)).toBe(false);
  });

  test('leaves the values as they are', () => {
    const values = Object.freeze([3, 1, 2]);
    logInterval(values);
    expect(values).toEqual([3, 1, 2]);
  });

  // A few percent is what processes differ by on a quiet machine; a third, on a busy one.
  test.each([3, 4, 8].flatMap((count) => [0.03, 0.35].map((spread) => ({ count, spread }))))(
    'of $count processes that differ by $spread holds the true latency in 93 to 97 % of 2000 trials',
    ({ count, spread }) => {
      let held = 0;
      for (let trial = 1; trial <= 2000; trial++) {
        const next = normal(trial);
        const [low, high] = logInterval(Array.from({ length: count }, () => 50 * Math.exp(spread * next()))).ci95;
        if (low <= 50 && 50 <= high) held++;
      }
      expect(held / 2000).toBeGreaterThanOrEqual(0.93);
      expect(held / 2000).toBeLessThanOrEqual(0.97);
    },
  );
});

describe('logIntervalAround', () => {
  test('is as wide, as a factor, and stands around the estimate', () => {
    const values = [10, 20, 40];
    const { value, ci95 } = logInterval(values);
    const around = logIntervalAround(25, values);
    for (const [end, moved] of [
      [ci95[0], around[0]],
      [ci95[1], around[1]],
    ] as const)
      expect(moved / 25).toBeCloseTo(end / value, 9);
  });

  test('of a single value is infinite', () => {
    expect(logIntervalAround(5, [5]).some(Number.isFinite)).toBe(false);
  });
});
