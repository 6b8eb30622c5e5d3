import { expect, test } from 'vitest';
import { mergeScheduling } from '../../../collectors/scheduling/watchScheduling.js';
import type { Scheduling } from '../../../src/bundle/scheduling.js';

const stretch = (tids: readonly number[], atUs: number): Scheduling => ({
  schema: 'inferscope.sched/1',
  source: 'test',
  threads: tids.map((tid) => ({ pid: 1, tid, traceTid: tid, name: `t${tid}` })),
  samples: {
    thread: tids.map((_, i) => i),
    atUs: tids.map(() => atUs),
    ranUs: tids.map((tid) => tid),
    waitedUs: tids.map(() => 0),
  },
});

test('knows a thread again in the next stretch', () => {
  const merged = mergeScheduling([stretch([5, 6], 10), stretch([6, 7], 20)])!;
  expect(merged.threads.map(({ tid }) => tid)).toEqual([5, 6, 7]);
  expect(merged.samples).toEqual({ thread: [0, 1, 1, 2], atUs: [10, 10, 20, 20], ranUs: [5, 6, 6, 7], waitedUs: [0, 0, 0, 0] });
});

test('is nothing where nothing was sampled', () => {
  expect(mergeScheduling([])).toBeNull();
});
