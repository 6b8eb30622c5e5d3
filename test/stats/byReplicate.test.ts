import { expect, test } from 'vitest';
import { byReplicate } from '../../src/stats/byReplicate.js';

test('byReplicate groups rounds by their replicate, in order of first appearance', () => {
  const rounds = [
    { replicate: 0, ms: [1, 2] },
    { replicate: 0, ms: [3] },
    { replicate: 2, ms: [4] },
    { replicate: 1, ms: [] },
    { replicate: 2, ms: [5] },
  ];
  expect(byReplicate(rounds, ({ ms }) => ms)).toEqual([[[1, 2], [3]], [[4], [5]], [[]]]);
  expect(byReplicate([], () => [])).toEqual([]);
});
