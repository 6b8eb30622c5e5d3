import { describe, expect, test } from 'vitest';
import { changeVerdict, FEWEST_PAIRS, pairsToTell } from '../../src/stats/changeVerdict.js';
import { pairedChange } from '../../src/stats/pairedChange.js';

const change = (low: number, high: number, pairs = 8) => ({
  value: (low + high) / 2,
  ci95: [low, high] as const,
  spread: 1,
  pairs,
});

describe('changeVerdict', () => {
  test.each([
    [0.06, 0.1, 'slower'],
    [0.02, 0.08, 'inconclusive'],
    [-0.02, 0.03, 'same'],
    [-0.1, -0.01, 'faster'],
    [-0.2, -0.1, 'faster'],
    [-0.2, 0.01, 'inconclusive'],
    [-0.2, 0.3, 'inconclusive'],
  ] as const)('of an interval from %d to %d beside a limit of 0.05 is %s', (low, high, verdict) => {
    expect(changeVerdict(change(low, high), 0.05)).toBe(verdict);
  });

  test('is none where there are too few pairs, however clear they look', () => {
    expect(changeVerdict(change(0.2, 0.21, FEWEST_PAIRS - 1), 0.05)).toBe('inconclusive');
  });
});

describe('pairsToTell', () => {
  test('are so many that an interval of that spread would end before the limit', () => {
    const seen = pairedChange([0.02, 0.08, -0.01, 0.05, 0.01]);
    const pairs = pairsToTell(seen, 0.05)!;
    expect(pairs).toBeGreaterThan(5);
    const enough = (count: number): boolean => {
      const values = Array.from({ length: count }, (_, place) => (place % 2 === 0 ? 1 : -1));
      const { ci95 } = pairedChange(values);
      return ((ci95[1] - ci95[0]) / 2) * (seen.spread / pairedChange(values).spread) < Math.abs(0.05 - seen.value);
    };
    expect(enough(2 * Math.ceil(pairs / 2))).toBe(true);
    expect(enough(pairs - 2 - (pairs % 2))).toBe(false);
  });

  test('are unknown of a change that is the limit', () => {
    expect(pairsToTell(pairedChange([0.04, 0.06, 0.05, 0.03, 0.07]), 0.05)).toBeNull();
  });
});
