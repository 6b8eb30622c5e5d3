import { expect, test } from 'vitest';
import { runningBeside } from '../../../analyzers/partition/evidence.js';
import { RunBuilder } from '../buildRun.js';

test('runningBeside counts the CPU time of other threads inside the windows, of a task that a window cuts in proportion', () => {
  const run = new RunBuilder();
  run.thread('owner').task(0, 100);
  run.thread('cut').task(0, 30).slice('inner', 2, 20).task(48, 60);
  run.thread('half').task(10, 50).preempted(20, 40);
  run.thread('outside').task(0, 10).task(50, 90);
  const window = { thread: 0, startUs: 10_000, endUs: 50_000, offCpuUs: Number.NaN };
  expect(runningBeside(run.trace(), [window])).toEqual([
    { thread: 'cut 11', cpuUs: 22_000 },
    { thread: 'half 12', cpuUs: 20_000 },
  ]);
});

test('runningBeside knows nothing of threads without thread times', () => {
  const run = new RunBuilder({ hasThreadTimes: false });
  run.thread('owner').task(0, 100);
  run.thread('other').task(0, 100);
  expect(runningBeside(run.trace(), [{ thread: 0, startUs: 0, endUs: 100, offCpuUs: Number.NaN }])).toEqual([]);
});
