import { describe, expect, test } from 'vitest';
import { findWasmFunctions } from '../../../analyzers/activity/wasmFunctions.js';
import { findWindows } from '../../../analyzers/windows/index.js';
import { module, RunBuilder, readEvents, wasm } from '../buildRun.js';

function find(run: RunBuilder, { runId = null, mark = null }: { runId?: string | null; mark?: string | null } = {}) {
  const trace = run.trace();
  return findWindows(trace, runId, mark, findWasmFunctions(trace, [module]).functions);
}

const edges = (windows: readonly { startUs: number; endUs: number }[]) =>
  windows.map(({ startUs, endUs }) => [startUs / 1000, endUs / 1000]);

describe('findWindows', () => {
  test('finds set-up, warm-up and iterations of the run by its id', () => {
    const run = new RunBuilder();
    run.thread().phase('setup', 0, 10).phase('warm-up:0', 10, 30).phase('iteration:0', 30, 40).phase('iteration:1', 40, 50);
    const found = find(run, { runId: 'r1' });
    expect(edges(found.windows)).toEqual([
      [30, 40],
      [40, 50],
    ]);
    expect(edges([found.setup!, found.warmup!])).toEqual([
      [0, 10],
      [10, 30],
    ]);
    expect(found.source).toBe('the run’s own user timing');
  });

  test('finds a run of ours in a trace without its bundle, also by an id with a hyphen', () => {
    const run = new RunBuilder();
    run.thread().measure('inferscope:a-b:iteration:0', 0, 10);
    expect(edges(find(run).windows)).toEqual([[0, 10]]);
  });

  test('does not take the windows of another run', () => {
    const run = new RunBuilder();
    run.thread().phase('iteration:0', 0, 10);
    expect(find(run, { runId: 'r' }).windows).toEqual([]);
  });

  test('takes the measures that the user names, before those of the run', () => {
    const run = new RunBuilder();
    run.thread().phase('iteration:0', 0, 10).measure('infer 1', 20, 30).measure('infer 2', 30, 40).mark('infer 3', 50);
    const found = find(run, { runId: 'r1', mark: 'infer *' });
    expect(edges(found.windows)).toEqual([
      [20, 30],
      [30, 40],
    ]);
    expect(found.source).toBe('user timing named infer *');
  });

  test('guesses the series of measures with the most Wasm samples in it, and says that it does', () => {
    const run = new RunBuilder();
    const thread = run.thread().executes(wasm('simd128'), 0, 40);
    thread
      .measure('all', 0, 100)
      .measure('step-1', 0, 20)
      .measure('step-2', 20, 40)
      .measure('draw-1', 40, 90)
      .measure('draw-2', 90, 95);
    const found = find(run);
    expect(edges(found.windows)).toEqual([
      [0, 20],
      [20, 40],
    ]);
    expect(found.source).toContain('step-* (a guess');
  });

  test('guesses a measure that stands alone where there is nothing else', () => {
    const run = new RunBuilder();
    run.thread().executes(wasm('simd128'), 0, 40).measure('all', 0, 100);
    expect(edges(find(run).windows)).toEqual([[0, 100]]);
  });

  test('finds nothing where no measure has Wasm in it', () => {
    const run = new RunBuilder();
    run.thread().measure('step', 0, 20);
    expect(find(run)).toMatchObject({
      windows: [],
      setup: null,
      warmup: null,
      source: expect.stringContaining('user timing with Wasm in it'),
    });
    expect(find(new RunBuilder().thread().measure('a', 0, 1) && run, { mark: 'b' }).windows).toEqual([]);
  });

  test('leaves out measures without length and without end', () => {
    const run = new RunBuilder();
    const thread = run.thread().measure('infer', 0, 10).measure('infer', 40, 40);
    thread.event({ ph: 'b', cat: 'blink.user_timing', name: 'infer', id: '0xff' }, 50);
    thread.slice('RunTask', 50, 60);
    expect(edges(find(run, { mark: 'infer' }).windows)).toEqual([[0, 10]]);
  });

  test('keeps measures of one name that overlap on a thread, and takes parts of them for no inferences', () => {
    const run = new RunBuilder();
    run
      .thread()
      .measure('infer', 0, 10)
      .measure('infer', 0, 10)
      .measure('infer: decode', 1, 3)
      .measure('infer', 5, 8)
      .measure('infer', 9, 30)
      .measure('infer', 9, 20);
    expect(edges(find(run, { mark: 'infer*' }).windows)).toEqual([
      [0, 10],
      [9, 20],
      [9, 30],
    ]);
  });

  test('leaves out measures where so many are open that they are no inferences of one thread', () => {
    const run = new RunBuilder();
    const thread = run.thread();
    for (let at = 0; at < 100; at++) thread.measure('infer', at, 1000 + at);
    expect(find(run, { mark: 'infer' }).windows).toHaveLength(32);
  });

  test('keeps measures of two threads that overlap: each thread owns its own', () => {
    const run = new RunBuilder();
    run.thread().measure('infer', 0, 10);
    run.thread().measure('infer', 5, 15);
    const { windows } = find(run, { mark: 'infer' });
    expect(edges(windows)).toEqual([
      [0, 10],
      [5, 15],
    ]);
    expect(new Set(windows.map(({ thread }) => thread)).size).toBe(2);
  });

  test('takes the time off the CPU from the marks at the edges of each window, also where all windows have one name', () => {
    const run = new RunBuilder();
    const thread = run.thread().preempted(2, 5).preempted(22, 23);
    for (const at of [0, 20, 40])
      thread
        .mark('start', at)
        .measure('infer', at, at + 10)
        .mark('end', at + 10);
    const offMs = find(run, { mark: 'infer' }).windows.map(({ offCpuUs }) => offCpuUs / 1000);
    expect(offMs).toEqual([3, 1, 0]);
  });

  test('does not know the time off the CPU without thread times, or with marks elsewhere only', () => {
    const untimed = new RunBuilder({ hasThreadTimes: false });
    untimed.thread().phase('iteration:0', 0, 10);
    expect(find(untimed).windows[0]!.offCpuUs).toBeNaN();
    const far = new RunBuilder();
    far.thread().mark('a', 0).measure('infer', 1, 10).mark('b', 12);
    far.thread().mark('a', 1).mark('b', 10);
    expect(find(far, { mark: 'infer' }).windows[0]!.offCpuUs).toBeNaN();
  });

  test('carries hostile names as data', () => {
    for (const name of [
      '__proto__',
      'constructor',
      '<img src=x onerror=alert(1)>',
      '\u001b[2J',
      '$&',
      'inferscope:__proto__:iteration:0',
    ]) {
      const run = new RunBuilder();
      run.thread().executes(wasm('simd128'), 0, 10).measure(name, 0, 10);
      expect(edges(find(run).windows)).toEqual([[0, 10]]);
      expect(edges(find(run, { mark: name }).windows)).toEqual([[0, 10]]);
    }
  });

  test('takes a time in proportion to the number of measures', () => {
    const msFor = (count: number): number => {
      const event = { cat: 'blink.user_timing', pid: 1, tid: 1 };
      const trace = readEvents(
        Array.from({ length: count }, (_, i) => [
          { ...event, ph: 'I', s: 't', name: 'start', ts: 10 * i, tts: 9 * i },
          { ...event, ph: 'b', name: `infer ${i}`, id: `0x${i.toString(16)}`, ts: 10 * i },
          { ...event, ph: 'e', name: `infer ${i}`, id: `0x${i.toString(16)}`, ts: 10 * i + 9 },
        ]).flat(),
      );
      // Of this process's own work: other programs may have the cores meanwhile.
      const start = process.cpuUsage();
      expect(findWindows(trace, null, 'infer*', []).windows).toHaveLength(count);
      findWindows(trace, null, null, []);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    };
    expect(msFor(100_000) / Math.max(5, msFor(20_000))).toBeLessThan(25);
  });
});
