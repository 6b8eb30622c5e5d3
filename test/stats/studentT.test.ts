import { describe, expect, test } from 'vitest';
import { studentT } from '../../src/stats/studentT.js';

describe('studentT', () => {
  // NIST/SEMATECH e-Handbook, 1.3.6.7.2, column 0.975.
  test.each([
    [1, 12.706],
    [2, 4.303],
    [5, 2.571],
    [10, 2.228],
    [30, 2.042],
    [31, 2.04],
    [40, 2.021],
    [60, 2.0],
    [100, 1.984],
    [1_000_000, 1.96],
  ])('with %i degrees of freedom is %f', (degreesOfFreedom, quantile) => {
    expect(Math.abs(studentT(degreesOfFreedom) - quantile)).toBeLessThan(0.0006);
  });

  test('only falls as degrees of freedom rise', () => {
    for (let degrees = 1; degrees < 200; degrees++) expect(studentT(degrees + 1)).toBeLessThan(studentT(degrees));
  });

  test('is infinite without a degree of freedom', () => {
    expect(studentT(0)).toBe(Number.POSITIVE_INFINITY);
    expect(studentT(-1)).toBe(Number.POSITIVE_INFINITY);
  });
});
