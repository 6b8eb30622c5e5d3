import { describe, expect, test } from 'vitest';
import { slopeInterval } from '../../src/stats/slopeInterval.js';
import { normal } from './normal.js';

describe('the interval of a slope', () => {
  test('is nothing but the slope of points on a line', () => {
    const { slope, ci95 } = slopeInterval([0, 1, 2, 5].map((x) => [x, 3 + 2 * x]));
    expect(slope).toBeCloseTo(2, 12);
    expect(ci95[0]).toBeCloseTo(2, 6);
    expect(ci95[1]).toBeCloseTo(2, 6);
  });

  test('is that of a textbook', () => {
    // y = 1, 3, 2, 5, 4 at 1 to 5: slope 0.8, residuals 3.6, so 0.8 ± 3.182 · √(1.2 / 10).
    const { slope, ci95 } = slopeInterval([1, 3, 2, 5, 4].map((y, i) => [i + 1, y]));
    expect(slope).toBeCloseTo(0.8, 12);
    expect(ci95[0]).toBeCloseTo(0.8 - 3.1824 * Math.sqrt(0.12), 3);
    expect(ci95[1]).toBeCloseTo(0.8 + 3.1824 * Math.sqrt(0.12), 3);
  });

  test('holds the true slope in 95 of 100 cases', () => {
    const held = Array.from({ length: 1000 }, (_, seed) => {
      const noise = normal(seed + 1);
      const { ci95 } = slopeInterval(Array.from({ length: 7 }, (_, x) => [x, 0.5 * x + noise()]));
      return ci95[0] <= 0.5 && 0.5 <= ci95[1];
    }).filter(Boolean).length;
    expect(held).toBeGreaterThan(930);
    expect(held).toBeLessThan(970);
  });

  test.each([
    [[]],
    [
      [
        [1, 1],
        [2, 2],
      ],
    ],
    [
      [
        [1, 1],
        [1, 2],
        [1, 3],
      ],
    ],
  ] as [number, number][][][])('is anywhere for %j', (points) => {
    expect(slopeInterval(points).ci95).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });
});
