import { describe, expect, test } from 'vitest';
import { pairedRungs } from '../../src/stats/pairedRungs.js';
import { normal } from './normal.js';

const round = (used: number, other: number) => [
  { rung: 'used', ms: [used] },
  { rung: 'other', ms: [other] },
];

describe('pairedRungs', () => {
  test('is the median of the rounds’ differences and ratios, and their mean over replicates', () => {
    const replicates = [
      { rounds: [round(10, 12), round(20, 24), round(10, 30)] },
      { rounds: [round(10, 13)] },
      { rounds: [round(10, 11), round(10, 11)] },
    ];
    const measured = pairedRungs(['used', 'other'], replicates)!;
    expect(measured.eachMs).toEqual([4, 3, 1]);
    expect(measured.ms).toBeCloseTo(8 / 3, 12);
    expect(measured.ratio).toBeCloseTo((1.2 * 1.3 * 1.1) ** (1 / 3), 12);
  });

  test('takes only the rounds that hold both', () => {
    const chain = [
      { rung: 'native', ms: [1] },
      { rung: 'used', ms: [500] },
    ];
    const replicates = [1, 2, 3].map(() => ({ rounds: [chain, round(10, 11), chain] }));
    expect(pairedRungs(['used', 'other'], replicates)!.ms).toBeCloseTo(1, 12);
    expect(pairedRungs(['used', 'nothing'], replicates)).toBeNull();
  });

  test('with fewer than three replicates has the round as its unit', () => {
    const { ci95Ms, eachMs } = pairedRungs(['used', 'other'], [{ rounds: [round(10, 11), round(10, 12), round(10, 13)] }])!;
    expect(eachMs).toEqual([2]);
    expect(ci95Ms[0]).toBeGreaterThan(-1);
    expect(ci95Ms[1]).toBeLessThan(5);
  });

  test('is not moved by a machine that is half of the time slower by a third, as medians of each would be', () => {
    const draw = normal(1);
    // For some rounds all runs are slow, and for others none.
    const replicates = Array.from({ length: 3 }, (_, replicate) => ({
      rounds: Array.from({ length: 12 }, (_, place) => {
        const slow = (place + replicate) % 4 < 2 ? 1.33 : 1;
        return round(72 * slow * (1 + draw() / 100), 72 * 0.9 * slow * (1 + draw() / 100));
      }),
    }));
    const { ratio, ratioCi95 } = pairedRungs(['used', 'other'], replicates)!;
    expect(Math.abs(ratio - 0.9)).toBeLessThan(0.01);
    expect(ratioCi95[1] - ratioCi95[0]).toBeLessThan(0.05);
  });
});
