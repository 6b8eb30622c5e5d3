import { expect, test } from 'vitest';
import { renderReport } from '../../../src/report/renderReport.js';
import { instructionKinds } from '../../../src/report/sections/functionsSection.js';
import { instructionClasses } from '../../../src/wasm/mix.js';
import { buildAnalysis } from '../buildAnalysis.js';

test('every class of instructions but the free ones has a name of its own, and the parts sum to 1', () => {
  const even = Object.fromEntries(Object.keys(instructionClasses).map((name) => [name, 1]));
  const kinds = instructionKinds(even);
  expect(new Set(kinds.map(({ name }) => name)).size).toBe(Object.keys(instructionClasses).length - 1);
  expect(kinds.reduce((sum, { part }) => sum + part, 0)).toBeCloseTo(1, 9);
});

test('largest first, and nothing of what is not there or unknown', () => {
  expect(instructionKinds({ simdLoad: 0.1, simdFloat: 0.3, other: 0.5, constructor: 0.1 })).toEqual([
    { name: 'vector float', part: expect.closeTo(0.75, 9) },
    { name: 'v128 load', part: expect.closeTo(0.25, 9) },
  ]);
  expect(instructionKinds({ other: 1 })).toEqual([]);
});

test('a function whose cause rests on more than its instructions says on what', () => {
  const analysis = buildAnalysis();
  const [first, ...others] = analysis.wasm!.functions;
  const told = (functions: typeof others): string => renderReport({ ...analysis, wasm: { ...analysis.wasm!, functions } }, '');
  const polling = { ...first!, cause: 'contention.spin', evidence: 'polls: between inferences, too' };
  expect(told([polling, ...others])).toContain('; polls: between inferences, too');
  expect(told([{ ...polling, mix: null }])).toContain('unknown, no module bytes; polls: ');
  expect(told([first!, ...others])).not.toContain('polls: ');
});
