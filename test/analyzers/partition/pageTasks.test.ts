import { describe, expect, test } from 'vitest';
import { stackActivities } from '../../../analyzers/activity/callStacks.js';
import { threadSpans } from '../../../analyzers/activity/threadSpans.js';
import { findWasmFunctions } from '../../../analyzers/activity/wasmFunctions.js';
import { findPageTasks } from '../../../analyzers/partition/pageTasks.js';
import { findWindows } from '../../../analyzers/windows/index.js';
import { type Frame, js, module, program, RunBuilder, scriptUrl, type ThreadBuilder, wasm } from '../buildRun.js';

const foreign: Frame = { functionName: 'tick', url: 'https://page.example/ads.js', codeType: 'JS' };

/** Starts of the tasks that are found to be the page's, ms. Each task is [start, end, what is sampled in it]. */
function pageTasksOf(
  tasks: readonly (readonly [number, number, Frame?])[],
  windows: readonly (readonly [number, number])[],
  more: (thread: ThreadBuilder) => unknown = () => {},
): number[] {
  const run = new RunBuilder();
  const thread = run.thread('CrRendererMain');
  for (const [startMs, endMs, frame] of tasks) {
    thread.task(startMs, endMs);
    if (frame) thread.executes(frame, startMs, endMs);
  }
  more(thread);
  windows.forEach(([startMs, endMs], i) => {
    thread.phase(`iteration:${i}`, startMs, endMs);
  });
  const trace = run.trace();
  const { functions } = findWasmFunctions(trace, [module]);
  const found = findWindows(trace, null, null, functions);
  const owner = threadSpans(trace, 0, stackActivities(trace, functions), [
    { startUs: Number.NEGATIVE_INFINITY, endUs: Number.POSITIVE_INFINITY, value: null },
  ]);
  const rows = findPageTasks(trace, found.windows, 0, owner, () => false);
  return [...rows].map((row) => trace.tables.slices.columns.startUs[row]! / 1000);
}

/** Nothing is sampled in the second that tells whose it is. */
const unknownInTheMiddle = [
  [0, 10, js],
  [12, 18, program],
  [20, 30, js],
] as const;

describe('findPageTasks', () => {
  test('finds a task in the middle of a window that runs another script', () => {
    expect(
      pageTasksOf(
        [
          [0, 10, js],
          [12, 18, foreign],
          [20, 30, js],
        ],
        [[5, 25]],
      ),
    ).toEqual([12]);
  });

  test('finds rendering by its slices, and claims no task that shows nothing', () => {
    expect(pageTasksOf(unknownInTheMiddle, [[5, 25]], (thread) => thread.slice('Layout', 13, 17))).toEqual([12]);
    expect(pageTasksOf(unknownInTheMiddle, [[5, 25]])).toEqual([]);
  });

  test('knows scripts by the slices that name them, where no sample fell on one', () => {
    const calls = (url: string) => (thread: ThreadBuilder) =>
      thread.event({ ph: 'X', cat: 'devtools.timeline', name: 'FunctionCall', dur: 4000, args: { data: { url } } }, 13);
    expect(pageTasksOf(unknownInTheMiddle, [[5, 25]], calls(foreign.url!))).toEqual([12]);
    expect(pageTasksOf(unknownInTheMiddle, [[5, 25]], calls(scriptUrl))).toEqual([]);
  });

  test('knows the run’s scripts anywhere on the stack', () => {
    const callback = { functionName: 'then', caller: wasm('scalar') };
    expect(
      pageTasksOf(
        [
          [0, 10, js],
          [12, 18, callback],
          [20, 30, js],
        ],
        [[5, 25]],
      ),
    ).toEqual([]);
  });

  test('does not claim the tasks in which a window begins or ends, nor those outside of windows', () => {
    expect(
      pageTasksOf(
        [
          [0, 10, foreign],
          [12, 18, foreign],
          [20, 30, js],
          [31, 32, foreign],
        ],
        [[5, 25]],
      ),
    ).toEqual([]);
    expect(
      pageTasksOf(
        [
          [0, 10, js],
          [20, 30, js],
          [31, 39, foreign],
        ],
        [[5, 25]],
      ),
    ).toEqual([]);
  });

  test('claims no task that was not sampled, and none where nothing tells the run’s scripts', () => {
    expect(
      pageTasksOf(
        [
          [0, 10, js],
          [12, 18],
          [20, 30, js],
        ],
        [[5, 25]],
      ),
    ).toEqual([]);
    expect(
      pageTasksOf(
        [
          [0, 10, program],
          [12, 18, foreign],
          [20, 30, program],
        ],
        [[5, 25]],
      ),
    ).toEqual([]);
  });
});
