import { expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import { RunBuilder, wasm } from '../buildRun.js';

test('memory that grows is counted by phase; by how much is not known', () => {
  const run = new RunBuilder();
  run
    .thread()
    .phase('setup', 0, 20)
    .phase('iteration:0', 40, 80)
    .executes(wasm('simd128'), 40, 80)
    .slice('wasm.GrowMemory', 5, 7)
    .slice('wasm.GrowMemory', 50, 51);
  run.thread('other process', 2).slice('wasm.GrowMemory', 5, 7);
  const { memoryGrowth } = analyze(run.input());
  expect(memoryGrowth).toMatchObject({ count: 2, countInWindows: 1, warmupMs: null, bytes: null, longestMs: 2 });
  expect(memoryGrowth!.setupMs).toBeCloseTo(2);
  expect(memoryGrowth!.predictionsMs).toBeCloseTo(1);
});
