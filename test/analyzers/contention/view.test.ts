import { expect, test } from 'vitest';
import type { ThreadUse } from '../../../analyzers/contention/threadUse.js';
import { view } from '../../../analyzers/contention/view.js';
import type { Workers } from '../../../analyzers/contention/workers.js';
import type { Block } from '../../../src/view/block.js';

const owner: ThreadUse = { thread: 'Worker 41', owner: true, ranMs: 40, waitedMs: 8, sleptMs: 2, spinShare: 0.25 };
const pool: ThreadUse = { thread: 'Worker 42', owner: false, ranMs: 30, waitedMs: 1, sleptMs: 19, spinShare: null };
const sampled = { busyMs: 30, spinningMs: 12, waitingMs: 3, idleMs: 5, preemptedMs: null };
const workers: Workers = {
  threads: [
    { ...sampled, thread: 'Worker 41', owner: true },
    { ...sampled, thread: 'Worker 43', owner: false },
  ],
  threadsLeftOut: 1,
  imbalance: 0.1,
  ownerWaitedMs: 4,
};
const task = { name: 'Layout', script: null, count: 3, totalMs: 12, longestMs: 6 };
const nothing = { threads: null, workers: null, pageTasks: null, partition: null };

const textsOf = (blocks: readonly Block[]): string[] => blocks.flatMap((each) => (each.block === 'paragraph' ? [each.text] : []));
const headsOf = (blocks: readonly Block[]): (string | null)[] =>
  blocks.flatMap((each) => (each.block === 'table' ? each.columns.flatMap(({ head, in: media }) => (media ? [] : [head])) : []));

test('threads that the scheduler and the samples tell of have one row', () => {
  const blocks = view.blocks({ ...nothing, threads: [owner, pool], workers });
  const rows = blocks.flatMap((each) => (each.block === 'table' ? each.rows : []));
  expect(rows.map(([thread]) => [thread!.value, thread!.notes])).toEqual([
    ['Worker 41', ['runs the call']],
    ['Worker 42', []],
    ['Worker 43', []],
  ]);
  expect(rows[2]!.slice(2).map(({ value }) => value)).toEqual([30, 12, 3, null, null, null]);
  expect(textsOf(blocks)[0]).toBe(
    '3 threads computed in a prediction; the busiest worked 10.0 % more than the mean, and the owner waited 4.00 ms of it for the others, asleep or polling.',
  );
});

test('the columns are those of what was recorded, and their source is named', () => {
  const scheduling = view.blocks({ ...nothing, threads: [owner] });
  expect(headsOf(scheduling)).toEqual(['Thread', 'On a core', 'Of it spinning', 'Waiting for a core', 'Asleep']);
  expect(textsOf(scheduling)).toEqual([
    'The thread that runs the call was on a core for 40.0 ms of a prediction, and waited 8.00 ms for one.',
    expect.stringMatching(/^Means per prediction: from the kernel’s scheduling figures\./),
  ]);
  const samples = view.blocks({ ...nothing, workers });
  expect(headsOf(samples)).toEqual(['Thread', 'Working', 'Spinning', 'Waiting for work']);
  expect(textsOf(samples).join(' ')).not.toContain('scheduling figures');
});

test('other tasks of the page are told as a sum, and per prediction where there are any', () => {
  expect(textsOf(view.blocks({ ...nothing, pageTasks: [task], partition: { windows: 4 } }))).toEqual([
    'Other tasks of the page ran in the middle of predictions.',
    '3 tasks of the page ran in the middle of predictions and took 12.0 ms, 3.00 ms of a prediction at the mean.',
  ]);
  expect(textsOf(view.blocks({ ...nothing, pageTasks: [task] })).join(' ')).not.toContain('at the mean');
  expect(view.blocks({ ...nothing, pageTasks: [] })).toEqual([]);
});
