import { describe, expect, test } from 'vitest';
import { countFrames } from '../../../analyzers/frames/frames.js';
import { RunBuilder } from '../buildRun.js';

/** Frames as [start, end, state, affects smoothness], ms. */
function countsOf(
  reports: readonly (readonly [number, number, string, boolean?])[],
  windowsMs: readonly (readonly [number, number])[],
) {
  const run = new RunBuilder();
  const thread = run.thread('Compositor');
  reports.forEach(([startMs, endMs, state, smooth = true], i) => {
    const event = { cat: 'cc,benchmark', name: 'PipelineReporter', id: `0x${i}` };
    thread.event({ ...event, ph: 'b', args: { frame_reporter: { state, affects_smoothness: smooth } } }, startMs);
    thread.event({ ...event, ph: 'e' }, endMs);
  });
  const windows = windowsMs.map(([startMs, endMs]) => ({
    thread: 0,
    startUs: startMs * 1000,
    endUs: endMs * 1000,
    offCpuUs: NaN,
  }));
  return countFrames(run.trace(), windows);
}

describe('frames', () => {
  test('are told apart by whether they overlap a window', () => {
    const all = [
      [0, 10, 'STATE_PRESENTED_ALL'],
      [5, 25, 'STATE_DROPPED'],
      [25, 28, 'STATE_PRESENTED_PARTIAL'],
      [50, 60, 'STATE_DROPPED'],
    ] as const;
    expect(countsOf(all, [[20, 30]])).toEqual({ during: { frames: 2, dropped: 1 }, outside: { frames: 2, dropped: 1 } });
  });

  test('count as dropped only where that affects smoothness, and not at all where no update was wanted', () => {
    const all = [
      [0, 10, 'STATE_DROPPED', false],
      [10, 20, 'STATE_NO_UPDATE_DESIRED'],
    ] as const;
    expect(countsOf(all, [])).toEqual({ during: { frames: 0, dropped: 0 }, outside: { frames: 1, dropped: 0 } });
  });

  test('are counted once where windows of two threads overlap, in any order', () => {
    const windows = [
      [5, 30],
      [0, 20],
    ] as const;
    expect(countsOf([[1, 29, 'STATE_DROPPED']], windows)!.during).toEqual({ frames: 1, dropped: 1 });
  });

  test('are null where the trace reports none', () => {
    expect(countsOf([], [[0, 1]])).toBeNull();
  });
});
