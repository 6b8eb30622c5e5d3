import { expect, test } from 'vitest';
import { analyze } from '../../analyzers/index.js';
import { RunBuilder, wasm } from './buildRun.js';

test('symbols name the functions of a stripped module, in the table and in the evidence', () => {
  const run = new RunBuilder();
  run.thread().executes(wasm('simd128'), 0, 60).executes(wasm('scalar'), 60, 80).task(0, 80).phase('iteration:0', 0, 80);
  const { wasm: plain } = analyze(run.input());
  expect(plain!.functions[0]!.name).toBe('wasm-function[0]');
  const symbols = new Map([
    [0, 'MlasSgemmKernel'],
    [99, 'not sampled'],
  ]);
  const { wasm: found, partition } = analyze(run.input({ symbols }));
  expect(found!.functions.map(({ name }) => name)).toEqual(['MlasSgemmKernel', expect.stringMatching(/^wasm-function/)]);
  expect(partition!.causes[0]!.evidence).toContain('MlasSgemmKernel');
});
