import { describe, expect, test } from 'vitest';
import { random } from '../../src/stats/random.js';
import { standings, typicalOf } from '../../src/stats/typical.js';

const around = (ms: number, n: number, spread: number, seed = 1): number[] => {
  const next = random(seed);
  return Array.from({ length: n }, () => ms * Math.exp(spread * (next() + next() + next() - 1.5)));
};

describe('which times are typical', () => {
  test('are those near the median; a few that take far longer, or shorter, stand out', () => {
    const times = [...around(10, 78, 0.1), 500, 510];
    expect(standings(times).slice(78)).toEqual(['longer', 'longer']);
    expect(typicalOf(times, (ms) => ms)).toHaveLength(78);
    expect(standings([...around(10, 20, 0.1), 0.4]).at(-1)).toBe('shorter');
  });

  test('are all of them where times differ from each other anyway, or by less than half as long again', () => {
    expect(new Set(standings(around(10, 60, 1)))).toEqual(new Set(['typical']));
    expect(new Set(standings([...Array(30).fill(10), 14]))).toEqual(new Set(['typical']));
    expect(standings([...Array(30).fill(10), 16]).at(-1)).toBe('longer');
  });

  test('are the ordinary ones also where four in ten stand out, and all where half do', () => {
    const mixed = [...around(10, 60, 0.05), ...around(30, 40, 0.05, 2)];
    expect(typicalOf(mixed, (ms) => ms).every((ms) => ms < 15)).toBe(true);
    expect(typicalOf([...around(10, 50, 0.05), ...around(30, 50, 0.05, 2)], (ms) => ms)).toHaveLength(100);
  });

  test('are all of few, and of times that are none', () => {
    expect(standings([1, 1, 1, 90])).toEqual(Array(4).fill('typical'));
    expect(standings([0, 1, 1, 1, 1, 90])).toEqual(Array(6).fill('typical'));
    expect(standings([])).toEqual([]);
  });
});
