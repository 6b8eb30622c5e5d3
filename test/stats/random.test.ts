import { describe, expect, test } from 'vitest';
import { random } from '../../src/stats/random.js';

const take = (seed: number, count: number): number[] => {
  const next = random(seed);
  return Array.from({ length: count }, next);
};

describe('random', () => {
  test('gives the same numbers for a seed on every engine', () => {
    expect(take(1, 3)).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522]);
    expect(take(1, 100)).toEqual(take(1, 100));
    expect(take(1, 5)).not.toEqual(take(2, 5));
  });

  test('spreads evenly over [0, 1)', () => {
    const numbers = take(42, 100_000);
    const counts = new Array<number>(10).fill(0);
    for (const number of numbers) counts[Math.floor(number * 10)]!++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  });

  test('takes any integer for a seed', () => {
    for (const seed of [0, -1, 2 ** 32, 2 ** 53]) expect(take(seed, 2).every((number) => number >= 0 && number < 1)).toBe(true);
  });
});
