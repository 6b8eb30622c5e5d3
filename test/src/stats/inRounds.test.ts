import { expect, test } from 'vitest';
import { inRounds } from '../../../src/stats/inRounds.js';

test('many are in rounds of five, in order; of few each is one of its own', () => {
  const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
  expect(inRounds(upTo(27))).toEqual([upTo(5), [5, 6, 7, 8, 9], ...inRounds(upTo(27)).slice(2, 5), [25, 26]]);
  expect(inRounds(upTo(27)).flat()).toEqual(upTo(27));
  expect(inRounds(upTo(24))).toEqual(upTo(24).map((each) => [each]));
  expect(inRounds([])).toEqual([]);
});
