import { describe, expect, test } from 'vitest';
import { describeTrace } from '../../../analyzers/source/traceFacts.js';
import { js, RunBuilder, readEvents } from '../buildRun.js';

describe('traceFacts', () => {
  test('names processes with their threads, series of measures, and the busiest threads', () => {
    const run = new RunBuilder();
    const main = run.thread('CrRendererMain').task(0, 10).slice('FunctionCall', 1, 9).task(20, 50).executes(js, 0, 1);
    main.measure('step 1', 0, 10).measure('step 2', 10, 30).measure('step 3', 30, 60).measure('other', 0, 1);
    run.thread('worker').task(0, 5);
    const process = { ph: 'M', name: 'process_name', args: { name: 'Renderer' } };
    run.thread('gpu', 2).event(process, 0);
    const facts = describeTrace(run.trace());
    expect(facts).toMatchObject({
      durationMs: 60,
      processes: [
        { pid: 1, name: '', threads: 2 },
        { pid: 2, name: 'Renderer', threads: 1 },
      ],
      measures: [
        { name: 'step *', count: 3, medianMs: 20 },
        { name: 'other', count: 1, medianMs: 1 },
      ],
      busiestThreads: [
        { thread: 'CrRendererMain 10', busyMs: 40, sampled: true },
        { thread: 'worker 11', busyMs: 5, sampled: false },
      ],
    });
  });

  test('has ids as the trace writes them: numbers where they are numbers', () => {
    const ids = ['proc <1>', 7, '8', 2 ** 40, '09', -1];
    const events = ids.map((pid, i) => ({ ph: 'X', name: 'a', pid, tid: `${pid}t`, ts: 10 * i, dur: 9 - i }));
    const { processes, busiestThreads } = describeTrace(readEvents(events));
    expect(processes.map(({ pid }) => pid)).toEqual(['proc <1>', 7, 8, 2 ** 40, '09', -1]);
    expect(busiestThreads.map(({ thread }) => thread)).toEqual(ids.map((pid) => `thread ${pid}t`));
  });

  test('is empty of an empty trace', () => {
    expect(describeTrace(readEvents([]))).toMatchObject({ durationMs: 0, processes: [], measures: [], busiestThreads: [] });
  });
});
