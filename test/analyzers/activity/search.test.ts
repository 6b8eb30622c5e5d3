import { describe, expect, test } from 'vitest';
import { lowerBound, rowsOfThread } from '../../../analyzers/activity/search.js';

describe('lowerBound', () => {
  test('is the first row that is not below, or the end', () => {
    const column = [1, 3, 3, 5];
    expect([0, 1, 2, 3, 4, 5, 6].map((value) => lowerBound(column, value))).toEqual([0, 0, 1, 1, 3, 3, 4]);
    expect(lowerBound(column, 0, 2, 3)).toBe(2);
    expect(lowerBound([], 1)).toBe(0);
  });
});

describe('rowsOfThread', () => {
  test('are those of the thread, none for one that is not there', () => {
    const thread = Int32Array.of(0, 0, 2, 2, 2, 5);
    expect([0, 1, 2, 5, 6].map((wanted) => rowsOfThread(thread, wanted))).toEqual([
      [0, 2],
      [2, 2],
      [2, 5],
      [5, 6],
      [6, 6],
    ]);
  });
});
