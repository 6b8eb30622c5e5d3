import { expect, test } from 'vitest';
import { groupMix, instructionGroups } from '../../src/view/palette.js';
import { instructionClasses } from '../../src/wasm/mix.js';

test('every class of instruction but locals stands in exactly one group', () => {
  const grouped = instructionGroups.flatMap(({ classes }) => classes);
  expect([...grouped, 'other'].sort()).toEqual(Object.keys(instructionClasses).sort());
});

test('fractions of the groups sum to 1 without locals', () => {
  const parts = groupMix({ simdFloat: 0.2, simdInt: 0.1, load: 0.1, other: 0.6 });
  expect(parts.find(({ group }) => group.name === 'SIMD arithmetic')!.part).toBeCloseTo(0.75);
  expect(parts.reduce((sum, { part }) => sum + part, 0)).toBeCloseTo(1);
});

test('a mix of locals alone has no groups', () => {
  expect(groupMix({ other: 1 }).every(({ part }) => part === 0)).toBe(true);
  expect(groupMix({ constructor: 1, toString: 1 }).every(({ part }) => part === 0)).toBe(true);
});
