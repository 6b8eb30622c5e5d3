import { describe, expect, test } from 'vitest';
import { correctedChanges, pairedChange } from '../../src/stats/pairedChange.js';
import { normal } from './normal.js';

describe('pairedChange', () => {
  test('is the mean of the differences, with Student’s interval over pairs', () => {
    const { value, ci95, spread, pairs } = pairedChange([1, 2, 3, 4, 5]);
    expect([value, pairs]).toEqual([3, 5]);
    expect(spread).toBeCloseTo(Math.sqrt(2.5), 12);
    expect(ci95[0]).toBeCloseTo(3 - (2.776445 * Math.sqrt(2.5)) / Math.sqrt(5), 5);
    expect(ci95[1]).toBeCloseTo(3 + (2.776445 * Math.sqrt(2.5)) / Math.sqrt(5), 5);
  });

  test('of one pair nothing is known of the next', () => {
    expect(pairedChange([2]).ci95).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });
});

describe('correctedChanges', () => {
  test('keep their order, and a single one is not corrected', () => {
    const differences = [1, 2, 3, 4, 5];
    const [only] = correctedChanges([differences]);
    expect(only).toMatchObject({ ...pairedChange(differences), isClear: true });
    const [a, b] = correctedChanges([[0, 1, -1, 0.5, -0.5], differences]);
    expect([a!.isClear, b!.isClear]).toEqual([false, true]);
    expect(b!.value).toBe(3);
  });

  test('is clear where, and only where, its interval leaves zero out', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const draw = normal(seed);
      const each = Array.from({ length: 6 }, (_, place) => Array.from({ length: 8 }, () => draw() + place / 4));
      for (const { isClear, ci95 } of correctedChanges(each)) expect(isClear).toBe(ci95[0] > 0 || ci95[1] < 0);
    }
  });

  test('of twenty things without a difference one is called clear in less than 6 of 100 trials', () => {
    let wrong = 0;
    for (let seed = 1; seed <= 1000; seed++) {
      const draw = normal(seed);
      const each = Array.from({ length: 20 }, () => Array.from({ length: 8 }, draw));
      if (correctedChanges(each).some(({ isClear }) => isClear)) wrong++;
    }
    expect(wrong).toBeLessThan(65);
    expect(wrong).toBeGreaterThan(30);
  });

  test('differences that are all alike are clear unless they are zero', () => {
    const [none, some] = correctedChanges([
      [0, 0, 0],
      [2, 2, 2],
    ]);
    expect([none!.isClear, some!.isClear]).toEqual([false, true]);
    expect(some!.ci95).toEqual([2, 2]);
  });
});
