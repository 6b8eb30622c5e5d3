import { describe, expect, test } from 'vitest';
import { WHAT_IFS } from '../../collectors/ladder/whatIfs.js';
import { UsageError } from '../../src/cli/explain.js';
import { parseDuration, parsePasses, parseSize, parseWhatIf } from '../../src/cli/parseOptions.js';

describe('parseDuration', () => {
  test.each([
    ['250ms', 250],
    ['90s', 90_000],
    ['5m', 300_000],
    ['1h', 3_600_000],
    ['1.5h', 5_400_000],
    ['0.5s', 500],
    ['12', 12_000],
    [' 3m ', 180_000],
  ])('%j is %i ms', (text, ms) => expect(parseDuration('--budget', text)).toBe(ms));

  test.each(['', '0', 's', '5 m', '-5s', '0s', '0.0h', '1e3s', '.5s', '5M', '5d', '5m30s', 'NaNs', `${'9'.repeat(400)}h`])(
    '%j is wrong usage, and the option is named',
    (text) => {
      expect(() => parseDuration('--budget', text)).toThrow(UsageError);
      expect(() => parseDuration('--budget', text)).toThrow(/^--budget is a duration like 90s, 5m or 1h, not "/);
    },
  );
});

describe('parseSize', () => {
  test.each([
    ['1', 1],
    ['500MB', 500e6],
    ['4GB', 4e9],
    ['1.5 TB', 1.5e12],
    [' 2gb ', 2e9],
    ['8.00GB', 8e9],
    ['10 kB', 10_000],
    ['7B', 7],
  ])('%j is %i bytes', (text, bytes) => expect(parseSize('--max-size', text)).toBe(bytes));

  test.each(['', 'GB', '4 G', '-4GB', '0', '0.1', '1e3', '4GiB', '4GB5', 'Infinity', `${'9'.repeat(30)}TB`])(
    '%j is wrong usage, and the option is named',
    (text) => {
      expect(() => parseSize('--max-size', text)).toThrow(UsageError);
      expect(() => parseSize('--max-size', text)).toThrow(/^--max-size is a size like 500MB or 4GB, not "/);
    },
  );
});

test.each([
  ['trace', ['trace']],
  ['memory, timing', ['timing', 'memory']],
  ['trace,trace', ['trace']],
])('"%s" names passes, in the order in which they are made', (text, names) => {
  expect(parsePasses(text)).toEqual(names);
});

test.each(['', 'trace,', 'tracing', 'timing trace', 'toString'])('"%s" names none, and which there are is said', (text) => {
  expect(() => parsePasses(text)).toThrow(UsageError);
  expect(() => parsePasses(text)).toThrow(
    /^--passes has no pass ".*"; there are timing, trace, placement, operators, counts, memory\.$/,
  );
});

test('what is to be changed is named, with the same page again to tell the others from nothing', () => {
  expect(parseWhatIf('width, fma')).toEqual(['same', 'fma', 'width']);
  expect(parseWhatIf('all')).toEqual(WHAT_IFS);
  for (const text of ['', 'wide', 'toString'])
    expect(() => parseWhatIf(text)).toThrow(`--what-if has no "${text}"; there are all, ${WHAT_IFS.join(', ')}.`);
});
