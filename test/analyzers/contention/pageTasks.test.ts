import { expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import { type Frame, js, RunBuilder, wasm } from '../buildRun.js';

const ad: Frame = { functionName: 'show', url: 'https://page.example/ad.js', codeType: 'JS' };

test('tasks of the page inside windows are named by what they did, and sum to the partition', () => {
  const run = new RunBuilder();
  run
    .thread()
    .phase('iteration:0', 0, 40)
    .phase('iteration:1', 40, 80)
    .task(0, 10)
    .executes(js, 0, 2)
    .executes(wasm('simd128'), 2, 10)
    .task(12, 18)
    .slice('TimerFire', 12, 18)
    .executes(ad, 12, 18)
    .task(20, 22)
    .executes(ad, 20, 22)
    .task(24, 26)
    .slice('TimerFire', 24, 26)
    .executes(ad, 24, 26)
    .task(30, 80)
    .executes(wasm('simd128'), 30, 80);
  const { pageTasks, partition } = analyze(run.input());
  expect(pageTasks).toMatchObject([
    { name: 'TimerFire', script: 'https://page.example/ad.js', count: 2 },
    { name: 'show', script: 'https://page.example/ad.js', count: 1 },
  ]);
  expect(pageTasks![0]!.totalMs).toBeCloseTo(8);
  expect(pageTasks![0]!.longestMs).toBeCloseTo(6);
  const page = partition!.causes.find(({ id }) => id === 'contention.page')!;
  expect(pageTasks!.reduce((sum, { totalMs }) => sum + totalMs, 0)).toBeCloseTo(page.share * 80);
});
