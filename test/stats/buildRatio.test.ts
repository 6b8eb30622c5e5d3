import { describe, expect, test } from 'vitest';
import { buildRatio, buildVerdict, COMPARED_RUNGS } from '../../src/stats/buildRatio.js';
import { normal } from './normal.js';

/** A comparison in which each process has its own luck for life, and each prediction its own noise, both relative. */
function measured(seed: number, ratio: number, { replicates = 4, luck = 0.02, noise = 0.01, again = 1 } = {}) {
  const next = normal(seed);
  const levels = { reference: 30, again: 30 * again, candidate: 30 * ratio };
  return Array.from({ length: replicates }, () => {
    const lucky = COMPARED_RUNGS.map((id) => levels[id] * Math.exp(luck * next()));
    return {
      rounds: Array.from({ length: 4 }, () =>
        COMPARED_RUNGS.map((rung, place) => ({
          rung,
          ms: Array.from({ length: 3 }, () => lucky[place]! * Math.exp(noise * next())),
        })),
      ),
    };
  });
}

describe('buildRatio', () => {
  test('is that of the build to the mean of both processes of the reference', () => {
    const exact = buildRatio(measured(1, 1.5, { luck: 0, noise: 0, again: 1.21 }))!;
    expect(exact.again).toBeCloseTo(1.21, 9);
    expect(exact.ratio).toBeCloseTo(1.5 / 1.1, 9);
    expect(exact.referenceMs).toBeCloseTo(33, 9);
    expect(exact.candidateMs).toBeCloseTo(45, 9);
    expect(exact.replicates).toBe(4);
    expect(buildRatio([])).toBeNull();
  });

  test('covers the true ratio in 95 of 100, and the reference against itself', () => {
    const seeds = Array.from({ length: 400 }, (_, seed) => buildRatio(measured(seed, 1.2))!);
    const share = (holds: (each: (typeof seeds)[number]) => boolean): number => seeds.filter(holds).length / seeds.length;
    expect(share(({ ratioCi95: [low, high] }) => low <= 1.2 && high >= 1.2)).toBeGreaterThan(0.92);
    expect(share(({ againCi95: [low, high] }) => low <= 1 && high >= 1)).toBeGreaterThan(0.92);
  });
});

describe('buildVerdict', () => {
  const verdictOf = (ratio: number, options = {}) => buildVerdict(buildRatio(measured(1, ratio, options)), 0.1);

  test('is clear where the whole interval is on one side of the limit', () => {
    expect([1, 0.5, 1.5, 4].map((ratio) => verdictOf(ratio))).toEqual(['not slower', 'not slower', 'slower', 'slower']);
  });

  test('is none at the limit, of fewer than three processes, or where the reference is not like itself', () => {
    expect(verdictOf(1.1)).toBe('undecided');
    expect(verdictOf(1.5, { replicates: 2 })).toBe('undecided');
    expect(verdictOf(1.5, { again: 1.2 })).toBe('undecided');
    expect(buildVerdict(null, 0.1)).toBe('undecided');
  });
});
