import { expect, test } from 'vitest';
import { inertJson } from '../../src/text/inertJson.js';

const obeyed = [
  '\u001b[31m',
  '\u009b31m',
  '\u0085',
  '\u007f',
  'a\u202eb',
  '\u2066x\u2069',
  '\u200f',
  '\u2028',
  '\ufeff',
  '\u{e0001}',
  '\ud800',
];

test('means what it meant, and leaves nothing for a terminal to obey', () => {
  const value = { plain: 'é ☃ 𝄞', list: obeyed, [obeyed.join('')]: 1, lines: 'a\nb\tc' };
  const text = inertJson(value);
  expect(JSON.parse(text)).toEqual(value);
  for (const line of text.split('\n')) expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  expect(text).toContain('\\u009b31m');
  expect(text).toContain('\\udb40\\udc01');
});

test('is plain JSON where there is nothing of the kind', () => {
  const value = { a: [1, null, 'é ☃ 𝄞'], b: { c: true } };
  expect(inertJson(value)).toBe(JSON.stringify(value, null, 2));
});
