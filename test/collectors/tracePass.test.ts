import { expect, test } from 'vitest';
import { tracedIterations } from '../../collectors/tracePass.js';

test('records some seconds of predictions, ten at least, and three where each takes many seconds', () => {
  expect([1, 100, 1000, 2500, 60_000].map(tracedIterations)).toEqual([60, 40, 10, 8, 3]);
});
