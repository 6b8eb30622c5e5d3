import { expect, test } from 'vitest';
import { samplingIntervalUs } from '../../../collectors/cpuProfile/profileThreads.js';

test('samples a short prediction as often as is cheap, and a long one two hundred times, but never further apart than 10 ms', () => {
  expect([0, 30, 400, 1000, 2000, 60_000].map(samplingIntervalUs)).toEqual([2000, 2000, 2000, 5000, 10_000, 10_000]);
});
