import { expect, test } from 'vitest';
import { decadeTicks } from '../../src/view/decadeTicks.js';

test('are the factors of each decade between the ends', () => {
  expect(decadeTicks(0.4, 30, [1, 2, 5])).toEqual([0.5, 1, 2, 5, 10, 20]);
  expect(decadeTicks(1, 1000, [1])).toEqual([1, 10, 100, 1000]);
  expect(decadeTicks(3, 4, [1])).toEqual([]);
});

test('end also where the ends are what nobody measures', () => {
  for (const [low, high] of [
    [0, 1],
    [5e-324, 1],
    [1, Number.MAX_VALUE],
    [1, Number.POSITIVE_INFINITY],
    [Number.NaN, 1],
    [1, Number.NaN],
    [-1, 1],
  ] as const) {
    expect(decadeTicks(low, high, [1, 2, 5]).length).toBeLessThan(3000);
  }
});
