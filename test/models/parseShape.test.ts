import { expect, test } from 'vitest';
import { parseShape } from '../../models/parseShape.js';

test.each([
  ['x=1x3x320x320', { name: 'x', shape: [1, 3, 320, 320] }],
  ['x=7', { name: 'x', shape: [7] }],
  ['sr=', { name: 'sr', shape: [] }],
  ['input:0=1X2', { name: 'input:0', shape: [1, 2] }],
  ['a=b=2x2', { name: 'a=b', shape: [2, 2] }],
])('%s', (text, parsed) => {
  expect(parseShape(text)).toEqual(parsed);
});

test.each(['1x3x320x320', '=1x3', 'x=1xx3', 'x=1x-1', 'x=1x3x', 'x=axb', 'x=1.5', 'x=0x3', 'x=1,3', `x=${'9'.repeat(30)}`])(
  '%s is refused with an example or the reason',
  (text) => {
    expect(() => parseShape(text)).toThrow(
      expect.objectContaining({ code: 'shape', message: expect.stringContaining(`--input ${text}`) }),
    );
  },
);
