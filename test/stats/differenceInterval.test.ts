import { expect, test } from 'vitest';
import { differenceInterval, ratioInterval } from '../../src/stats/differenceInterval.js';

test('of two symmetric intervals it is the usual one: half widths add as squares', () => {
  const [low, high] = differenceInterval({ value: 10, ci95: [7, 13] }, { value: 30, ci95: [26, 34] });
  expect(low).toBeCloseTo(15, 12);
  expect(high).toBeCloseTo(25, 12);
});

test('of lopsided intervals it is lopsided, on the side from which it comes', () => {
  const [low, high] = differenceInterval({ value: 10, ci95: [10, 13] }, { value: 30, ci95: [30, 34] });
  expect(low).toBeCloseTo(17, 12);
  expect(high).toBeCloseTo(24, 12);
});

test('the interval of a ratio is the inverse of that of the inverse ratio, and has no negative end', () => {
  const a = { value: 10, ci95: [4, 25] } as const;
  const b = { value: 12, ci95: [3, 48] } as const;
  const [low, high] = ratioInterval(a, b);
  const inverse = ratioInterval(b, a);
  expect(low).toBeCloseTo(1 / inverse[1], 12);
  expect(high).toBeCloseTo(1 / inverse[0], 12);
  expect(low).toBeGreaterThan(0);
});

test('nothing is known of a difference to what nothing is known of', () => {
  const known = { value: 10, ci95: [9, 11] } as const;
  const unknown = { value: 10, ci95: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] } as const;
  expect(differenceInterval(known, unknown)).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  expect(ratioInterval(known, { value: 1, ci95: [-1, 3] })).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
});

test('it holds the true difference of means in about 95 of 100 cases', () => {
  // Two normal means of standard error 1 and 2, drawn by the Box–Muller method from a fixed sequence.
  let seed = 1;
  const random = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const CASES = 4000;
  let held = 0;
  for (let i = 0; i < CASES; i++) {
    const [x, y] = [5 + normal(), 9 + 2 * normal()];
    const [low, high] = differenceInterval({ value: x, ci95: [x - 1.96, x + 1.96] }, { value: y, ci95: [y - 3.92, y + 3.92] });
    if (low <= 4 && 4 <= high) held++;
  }
  expect(held / CASES).toBeGreaterThan(0.94);
  expect(held / CASES).toBeLessThan(0.96);
});
