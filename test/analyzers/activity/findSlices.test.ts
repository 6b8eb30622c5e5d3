import { expect, test } from 'vitest';
import { byName } from '../../../analyzers/activity/findSlices.js';

test('every row has the meaning of its name, and each name is asked for once', () => {
  const asked: string[] = [];
  const of = byName({ codes: [1, 0, 1, 1], strings: ['a', 'b'] }, (name) => {
    asked.push(name);
    return name === 'b' ? null : name.length;
  });
  expect([0, 1, 2, 3].map(of)).toEqual([null, 1, null, null]);
  expect(asked).toEqual(['b', 'a']);
});
