import { describe, expect, test } from 'vitest';
import { analyze } from '../../../analyzers/index.js';
import { idle, RunBuilder, wasm } from '../buildRun.js';

describe('timeline', () => {
  test('shows the window of median length: its critical path and every thread that did something', () => {
    const run = new RunBuilder();
    const worker = run.thread().executes(wasm('simd128'), 0, 100).slice('MinorGC', 25, 27);
    worker.phase('iteration:0', 0, 10).phase('iteration:1', 20, 40).phase('iteration:2', 50, 90);
    run.thread('pool').executes(wasm('spin'), 0, 100);
    run.thread('lazy').sleeps(idle, 0, 100);
    const { windowMs, rows } = analyze(run.input()).timeline!;
    expect(windowMs).toBe(20);
    const path = rows.filter(({ thread }) => thread === 'critical path');
    expect(path.map(({ startMs, endMs, cause, label }) => [startMs, endMs, cause, label])).toEqual([
      [0, 5, 'isa.simd128', '128-bit SIMD Wasm'],
      [5, 7, 'runtime.gc', 'Garbage collection'],
      [7, 20, 'isa.simd128', '128-bit SIMD Wasm'],
    ]);
    expect(new Set(rows.map(({ thread }) => thread))).toEqual(new Set(['critical path', 'DedicatedWorker thread 10', 'pool 11']));
    expect(rows.map(({ startMs }) => startMs)).toEqual(rows.map(({ startMs }) => startMs).sort((a, b) => a - b));
  });

  test('keeps the longest stretches where there are more than a picture has room for', () => {
    const run = new RunBuilder();
    const worker = run.thread().executes(wasm('simd128'), 0, 2000).phase('iteration:0', 0, 2000);
    for (let at = 0; at < 2000; at++) worker.slice('MinorGC', at, at + 0.1);
    const { rows } = analyze(run.input()).timeline!;
    expect(rows).toHaveLength(1500);
    expect(rows.every(({ startMs, endMs }) => endMs - startMs > 0.5)).toBe(true);
  });

  test('is null where there are no windows', () => {
    const run = new RunBuilder();
    run.thread().executes(wasm('simd128'), 0, 10);
    expect(analyze(run.input()).timeline).toBeNull();
  });
});
