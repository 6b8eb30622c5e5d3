import { describe, expect, test } from 'vitest';
import { fromColumns, toColumns } from '../../src/detection/foundColumns.js';
import { textBoxes } from '../../src/detection/textBoxes.js';

const [WIDTH, HEIGHT] = [64, 32];

/** A map of probabilities with rectangles in it. */
function map(
  ...rectangles: readonly (readonly [left: number, top: number, right: number, bottom: number, probability: number])[]
) {
  const values = new Float32Array(WIDTH * HEIGHT);
  for (const [left, top, right, bottom, probability] of rectangles) {
    for (let y = top; y < bottom; y++) values.fill(probability, y * WIDTH + left, y * WIDTH + right);
  }
  return values;
}

describe('boxes of a map of probabilities', () => {
  test('are around what is above the threshold, grown by area × 1.5 / outline, as sure as its mean', () => {
    const [found, ...others] = textBoxes(map([10, 8, 30, 18, 0.9]), WIDTH, HEIGHT);
    expect(others).toEqual([]);
    const by = (20 * 10 * 1.5) / (2 * (20 + 10));
    expect(found!.box).toEqual([10 - by, 8 - by, 30 + by, 18 + by]);
    expect(found!.score).toBeCloseTo(0.9, 6);
  });

  test('are one for pixels that touch at a corner, and two for those that do not', () => {
    expect(textBoxes(map([4, 4, 10, 10, 1], [10, 10, 20, 16, 1]), WIDTH, HEIGHT)).toHaveLength(1);
    expect(textBoxes(map([4, 4, 10, 10, 1], [11, 4, 20, 10, 1]), WIDTH, HEIGHT)).toHaveLength(2);
    // The end of a row does not touch the beginning of the next one.
    expect(textBoxes(map([60, 4, 64, 8, 1], [0, 5, 4, 9, 1]), WIDTH, HEIGHT)).toHaveLength(2);
  });

  test('are not made of what is too unsure or too small', () => {
    expect(textBoxes(map([4, 4, 20, 14, 0.55]), WIDTH, HEIGHT)).toEqual([]);
    expect(textBoxes(map([4, 4, 20, 14, 0.29]), WIDTH, HEIGHT)).toEqual([]);
    expect(textBoxes(map([4, 4, 20, 6, 1]), WIDTH, HEIGHT)).toEqual([]);
    expect(textBoxes(new Float32Array(WIDTH * HEIGHT).fill(Number.NaN), WIDTH, HEIGHT)).toEqual([]);
  });
});

test('detections of pictures are the same after they were columns', () => {
  const found = [
    [{ box: [1, 2, 3, 4], score: 0.5 } as const, { box: [5, 6, 7, 8], score: 0.25 } as const],
    [],
    [{ box: [0, 0, 1, 1], score: 1 } as const],
  ];
  expect(fromColumns(toColumns(found), 3)).toEqual(found);
  expect(fromColumns(toColumns(found), 1)).toEqual(found.slice(0, 1));
});
