import { describe, expect, test } from 'vitest';
import { twoModes } from '../../src/stats/twoModes.js';
import { normal } from './normal.js';

/** Processes at these levels, with noise within each, in rounds of five. */
function processes(levels: readonly number[], noise = 0.02, seed = 1): number[][][] {
  const next = normal(seed);
  return levels.map((level) =>
    Array.from({ length: 4 }, () => Array.from({ length: 5 }, () => level * Math.exp(noise * next()))),
  );
}

describe('two modes', () => {
  test('are found where processes keep to one of two levels, with what is in each', () => {
    const [faster, slower] = twoModes(processes([75, 55, 56, 74]))!;
    expect([faster.processes, faster.n, slower.processes, slower.n]).toEqual([2, 40, 2, 40]);
    expect(faster.median / 55.5).toBeCloseTo(1, 1);
    expect(slower.median / 74.5).toBeCloseTo(1, 1);
  });

  test('are found of a single process that is slower than the others', () => {
    expect(twoModes(processes([50, 51, 50.5, 70]))!.map((mode) => mode.processes)).toEqual([3, 1]);
  });

  test.each([
    ['one level', [50, 51, 52, 50]],
    ['levels that are evenly spread', [50, 55, 61, 67]],
    ['a difference of a few percent', [50, 50.2, 54, 54.2]],
    ['two processes', [50, 75]],
  ])('are not found of %s', (_, levels) => {
    expect(twoModes(processes(levels))).toBeNull();
  });

  test('are not found where predictions lie between as well', () => {
    expect(twoModes(processes([50, 51, 70, 71], 0.12))).toBeNull();
  });

  test('are hardly ever found in processes that differ by 3 %, as they do', () => {
    let found = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const next = normal(seed);
      const levels = Array.from({ length: 4 }, () => 50 * Math.exp(0.03 * next()));
      if (twoModes(processes(levels, 0.01, seed)) !== null) found++;
    }
    expect(found / 300).toBeLessThan(0.05);
  });

  test('are not found where nothing was measured, or nothing took time', () => {
    expect(twoModes([[], [[]]])).toBeNull();
    expect(twoModes([[[0]], [[1]], [[2]]])).toBeNull();
  });
});
