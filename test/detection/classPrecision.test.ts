import { describe, expect, test } from 'vitest';
import { type CategorizedPicture, meanPrecision, topOneAccuracy } from '../../src/detection/classPrecision.js';

const square = (left: number) => [left, 0, left + 10, 10] as const;
const label = (category: number, left = 0) => ({ category, box: square(left) });
const found = (category: number | null, left = 0, score = 0.9) => ({ category, box: square(left), score });

describe('mean precision over categories', () => {
  test('is the mean of those that are labelled, by hand', () => {
    // Of category 1 both are found, of 2 one of two and a fault before it: recalls up to a half at precision 1/2.
    const pictures: CategorizedPicture[] = [
      { labels: [label(1), label(2, 50)], found: [found(1), found(2, 90, 0.95), found(2, 50)] },
      { labels: [label(1), label(2, 50)], found: [found(1, 2), found(3, 50), found(null, 50)] },
    ];
    const { ap50, ap } = meanPrecision(pictures)!;
    expect(ap50).toBeCloseTo((1 + (51 * 0.5) / 101) / 2, 12);
    expect(ap).toBeLessThan(ap50);
  });

  test('holds a box of another category for a miss, and one of a category without labels for nothing', () => {
    expect(meanPrecision([{ labels: [label(1)], found: [found(2)] }])!.ap50).toBe(0);
    expect(meanPrecision([{ labels: [label(1)], found: [found(1), found(2), found(null)] }])!.ap50).toBe(1);
  });

  test('counts what is found where nothing is as a fault', () => {
    const there = { labels: [label(1)], found: [found(1, 0, 0.5)] };
    const empty = { labels: [], found: [found(1, 0, 0.9)] };
    expect(meanPrecision([there, empty])!.ap50).toBe(0.5);
    expect(meanPrecision([{ labels: [], found: [found(1)] }])).toBeNull();
  });
});

test('top-1 accuracy is the share of labelled pictures whose class is right', () => {
  const right = { labels: [label(4)], found: [found(4)] };
  const wrong = { labels: [label(4)], found: [found(5)] };
  const none = { labels: [label(4)], found: [found(null)] };
  expect(topOneAccuracy([right, right, wrong, none])).toBe(0.5);
  expect(topOneAccuracy([right, { labels: [], found: [found(4)] }])).toBe(1);
  expect(topOneAccuracy([{ labels: [], found: [] }])).toBeNull();
});
