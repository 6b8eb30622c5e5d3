import { describe, expect, test } from 'vitest';
import { glob } from '../../src/text/glob.js';

describe('glob', () => {
  test.each([
    ['infer', 'infer', true],
    ['infer', 'infer 1', false],
    ['infer*', 'infer 1', true],
    ['infer*', 'infer', true],
    ['*', '', true],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['*:run:*', 'model:run:7', true],
    ['a*b*c', 'a-c-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['a**b', 'ab', true],
    ['', '', true],
    ['', 'a', false],
    ['step.', 'steps', false],
    ['(a+)+$', 'aaaa', false],
    ['[x]*', '[x] y', true],
  ])('%s, asked for %s, is %s', (pattern, name, matches) => {
    expect(glob(pattern)(name)).toBe(matches);
  });

  test('answers at once for a pattern and a name that would keep a regular expression busy for ever', () => {
    expect(glob(`${'*a'.repeat(5000)}*b`)('a'.repeat(50_000))).toBe(false);
  });
});
