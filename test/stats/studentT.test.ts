import { describe, expect, test } from 'vitest';
import { studentT, studentTails } from '../../src/stats/studentT.js';

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

  // The same, columns 0.95 and 0.995.
  test.each([
    [1, 0.9, 6.314],
    [10, 0.9, 1.812],
    [7, 0.9, 1.895],
    [10, 0.99, 3.169],
    [25, 0.99, 2.787],
  ])('with %i degrees of freedom and a confidence of %f is %f', (degreesOfFreedom, confidence, quantile) => {
    expect(Math.abs(studentT(degreesOfFreedom, confidence) - quantile)).toBeLessThan(0.0006);
  });

  test('leaves outside what the confidence leaves out', () => {
    for (const degrees of [1, 2, 3, 4, 9, 30])
      for (const confidence of [0.5, 0.9, 0.999])
        expect(studentTails(studentT(degrees, confidence), degrees)).toBeCloseTo(1 - confidence, 9);
  });

  test('only falls as degrees of freedom rise', () => {
    for (let degrees = 1; degrees < 200; degrees++) expect(studentT(degrees + 1)).toBeLessThan(studentT(degrees));
  });

  test('is infinite without a degree of freedom', () => {
    expect(studentT(0)).toBe(Number.POSITIVE_INFINITY);
    expect(studentT(-1)).toBe(Number.POSITIVE_INFINITY);
  });
});
