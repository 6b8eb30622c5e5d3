import { describe, expect, test } from 'vitest';
import {
  averagePrecision,
  cocoPrecision,
  hitsOf,
  type LabelledPicture,
  rankDetections,
} from '../../src/detection/averagePrecision.js';
import { type Box, type Detection, intersectionOverUnion } from '../../src/detection/box.js';

const square = (left: number, size = 10): Box => [left, 0, left + size, size];
const at = (left: number, score = 0.9): Detection => ({ box: square(left), score });
const ap = (pictures: readonly LabelledPicture[], iou = 0.5) => averagePrecision(rankDetections(pictures), iou);
const coco = (pictures: readonly LabelledPicture[]) => cocoPrecision(rankDetections(pictures));

describe('intersection over union', () => {
  test('is the share of what both cover', () => {
    expect(intersectionOverUnion(square(0), square(0))).toBe(1);
    expect(intersectionOverUnion(square(0), square(5))).toBeCloseTo(50 / 150, 12);
    expect(intersectionOverUnion(square(0), [2, 2, 4, 4])).toBeCloseTo(4 / 100, 12);
  });

  test('is nothing for boxes that only touch, are apart, or have no area', () => {
    expect(intersectionOverUnion(square(0), square(10))).toBe(0);
    expect(intersectionOverUnion(square(0), square(50))).toBe(0);
    expect(intersectionOverUnion([5, 5, 5, 5], [5, 5, 5, 5])).toBe(0);
  });
});

describe('average precision', () => {
  test('is 1 where everything is found and nothing else', () => {
    expect(ap([{ labels: [square(0), square(20)], found: [at(20), at(0)] }])).toBe(1);
  });

  test('is 0 where nothing is found, or nothing that is there', () => {
    expect(ap([{ labels: [square(0)], found: [] }])).toBe(0);
    expect(ap([{ labels: [square(0)], found: [at(50)] }])).toBe(0);
  });

  test('is not defined where nothing is labelled', () => {
    expect(ap([])).toBeNull();
    expect(ap([{ labels: [], found: [at(0)] }])).toBeNull();
    expect(coco([{ labels: [], found: [] }])).toBeNull();
  });

  test('counts a second detection of the same label as a fault, the less sure one', () => {
    const labels = [square(0), square(20)];
    const [once, twice] = [at(0, 0.9), at(1, 0.8)];
    expect(hitsOf(rankDetections([{ labels, found: [twice, once] }]), 0.5)).toEqual([true, false]);
    // Hit, fault, hit: recalls up to a half at precision 1, those above at 2/3.
    expect(ap([{ labels, found: [once, twice, at(20, 0.7)] }])).toBeCloseTo((51 + (50 * 2) / 3) / 101, 12);
  });

  test('does not suffer from faults that are less sure than all hits', () => {
    expect(ap([{ labels: [square(0)], found: [at(0, 0.9), at(50, 0.8)] }])).toBe(1);
    expect(ap([{ labels: [square(0)], found: [at(0, 0.8), at(50, 0.9)] }])).toBe(0.5);
  });

  test('takes the best precision at a recall or a higher one', () => {
    // Fault, hit, hit: precision 1/2 at recall 1/2 is raised to 2/3, which is reached at recall 1.
    expect(ap([{ labels: [square(0), square(20)], found: [at(50, 0.9), at(0, 0.8), at(20, 0.7)] }])).toBeCloseTo(2 / 3, 12);
  });

  test('stops at the recall that is reached', () => {
    const labels = [square(0), square(20), square(40), square(60)];
    expect(ap([{ labels, found: [at(0)] }])).toBeCloseTo(26 / 101, 12);
  });

  test('ranks the detections of all pictures together, and equally sure ones in the order of the pictures', () => {
    const hit = { labels: [square(0)], found: [at(0, 0.5)] };
    const fault = { labels: [square(0)], found: [at(50, 0.5)] };
    expect(ap([hit, fault])).toBeCloseTo(51 / 101, 12);
    expect(ap([fault, hit])).toBeCloseTo((51 * 0.5) / 101, 12);
  });

  test('matches each detection with the label that it overlaps most of those that are left', () => {
    const labels = [square(0), square(4)];
    expect(ap([{ labels, found: [at(3, 0.9), at(1, 0.8)] }])).toBe(1);
    const half = rankDetections([{ labels: [square(0)], found: [at(5)] }]);
    expect(hitsOf(half, 1 / 3)).toEqual([true]);
    expect(hitsOf(half, 0.34)).toEqual([false]);
  });

  test('counts the hundred surest detections of a picture', () => {
    const faults = Array.from({ length: 99 }, (_, i) => at(1000 + 20 * i, 0.9));
    expect(ap([{ labels: [square(0)], found: [at(0, 0.5), ...faults] }])).toBeCloseTo(1 / 100, 12);
    expect(ap([{ labels: [square(0)], found: [at(0, 0.5), ...faults, at(5000, 0.9)] }])).toBe(0);
  });

  test('over ten thresholds counts how well boxes fit', () => {
    // 10 × 9 of 10 × 10: a hit at all thresholds up to 0.9.
    expect(coco([{ labels: [square(0)], found: [{ box: [0, 0, 10, 9], score: 1 }] }])).toBeCloseTo(0.9, 12);
    expect(coco([{ labels: [square(0)], found: [at(0)] }])).toBeCloseTo(1, 12);
  });
});
