import { expect, test } from 'vitest';
import { parsePasses } from '../../src/cli/parsePasses.js';
import { UsageError } from '../../src/cli/usageError.js';

test.each([
  ['trace', ['trace']],
  ['memory, timing', ['timing', 'memory']],
  ['trace,trace', ['trace']],
])('"%s" names passes, in the order in which they are made', (text, names) => {
  expect(parsePasses(text)).toEqual(names);
});

test.each(['', 'trace,', 'tracing', 'timing trace', 'toString'])('"%s" names none, and which there are is said', (text) => {
  expect(() => parsePasses(text)).toThrow(UsageError);
  expect(() => parsePasses(text)).toThrow(/^--passes has no pass ".*"; there are timing, trace, placement, operators, memory\.$/);
});
