import { mean, median } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { random } from '../../src/stats/random.js';
import { standings, typicalOf } from '../../src/stats/typical.js';

const around = (ms: number, n: number, spread: number, seed = 1): number[] => {
  const next = random(seed);
  return Array.from({ length: n }, () => ms * Math.exp(spread * (next() + next() + next() - 1.5)));
};

describe('which times are typical', () => {
  test('are the middle half; a few that take far longer, or shorter, stand out', () => {
    const times = [...around(10, 78, 0.1), 500, 510];
    const found = standings(times);
    expect(found.slice(78)).toEqual(['longer', 'longer']);
    expect(new Set(found.slice(0, 78))).toEqual(new Set(['typical', 'usual']));
    expect(Math.abs(typicalOf(times, (ms) => ms).length - 39)).toBeLessThanOrEqual(1);
    expect(standings([...around(10, 20, 0.1), 0.4]).at(-1)).toBe('shorter');
    expect(standings(Array(30).fill(10))).toEqual(Array(30).fill('typical'));
  });

  test('have their mean at the median also where times have a long tail', () => {
    const tail = Array.from({ length: 99 }, (_, i) => 10 * Math.exp(1.2 * ((i + 1) / 100) ** 3));
    const kept = typicalOf(tail, (ms) => ms);
    expect(Math.abs(mean(kept) / median(tail) - 1)).toBeLessThan(0.03);
    expect(mean(tail) / median(tail)).toBeGreaterThan(1.2);
  });

  test('none stands out where times differ from each other anyway, or by less than half as long again', () => {
    const isOut = (standing: string) => standing === 'longer' || standing === 'shorter';
    expect(standings(around(10, 60, 1)).filter(isOut)).toEqual([]);
    expect(standings([...Array(30).fill(10), 14]).filter(isOut)).toEqual([]);
    expect(standings([...Array(30).fill(10), 16]).at(-1)).toBe('longer');
  });

  test('are the ordinary ones also where four in ten stand out, and none stands out where half do', () => {
    const mixed = [...around(10, 60, 0.05), ...around(30, 40, 0.05, 2)];
    expect(typicalOf(mixed, (ms) => ms).every((ms) => ms < 15)).toBe(true);
    expect(standings([...around(10, 50, 0.05), ...around(30, 50, 0.05, 2)])).not.toContain('longer');
  });

  test('are all of few, and of times that are none', () => {
    expect(standings([1, 1, 1, 90])).toEqual(Array(4).fill('typical'));
    expect(standings([0, 1, 1, 1, 1, 90])).toEqual(Array(6).fill('typical'));
    expect(standings([])).toEqual([]);
  });
});
