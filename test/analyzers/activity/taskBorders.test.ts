import { expect, test } from 'vitest';
import { taskBorders } from '../../../analyzers/activity/threadSpans.js';

test('moments have a place in common where no task begins or ends between them', () => {
  const { placeOf, startUs, endUs } = taskBorders([
    { startUs: 10, endUs: 20 },
    { startUs: 20, endUs: 30 },
    { startUs: 40, endUs: 50 },
  ]);
  const around = (atUs: number) => [startUs(placeOf(atUs)), endUs(placeOf(atUs))];
  expect(around(5)).toEqual([Number.NEGATIVE_INFINITY, 10]);
  expect(around(10)).toEqual([10, 20]);
  expect(around(20)).toEqual([20, 30]);
  expect(around(35)).toEqual([30, 40]);
  expect(around(60)).toEqual([50, Number.POSITIVE_INFINITY]);
  expect(placeOf(41)).toBe(placeOf(49));
  expect(placeOf(15)).not.toBe(placeOf(25));
});
