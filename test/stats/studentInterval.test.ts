import { describe, expect, test } from 'vitest';
import { studentInterval } from '../../src/stats/studentInterval.js';
import { normal } from './normal.js';

describe('studentInterval', () => {
  test('of 1 to 5 is 3 ± 2.776 · √2.5 / √5', () => {
    const [low, high] = studentInterval([1, 2, 3, 4, 5]);
    expect(low).toBeCloseTo(3 - 1.963, 3);
    expect(high).toBeCloseTo(3 + 1.963, 3);
  });

  test('of equal values has no width', () => expect(studentInterval([7, 7, 7])).toEqual([7, 7]));

  test('of a single value is infinite: nothing is known of its spread', () => {
    expect(studentInterval([7])).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });

  test('leaves the values as they are', () => {
    const values = Object.freeze([3, 1, 2]);
    studentInterval(values);
    expect(values).toEqual([3, 1, 2]);
  });

  test.each([3, 4, 8, 45])('of %i normal values holds their mean in 95 % of 1000 trials', (count) => {
    let held = 0;
    for (let trial = 1; trial <= 1000; trial++) {
      const [low, high] = studentInterval(Array.from({ length: count }, normal(trial)));
      if (low <= 0 && 0 <= high) held++;
    }
    expect(held).toBeGreaterThanOrEqual(930);
    expect(held).toBeLessThanOrEqual(970);
  });
});
